package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.CountingInputStream;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Bodies that are longer than the memory and read line by line ({@code $import}, {@code $load-concepts}), and pieces of
 * an upload ({@code $upload}). {@link GuardsRequests} lets them pass unread; the limits hold while they are read.
 */
@Component
public class StreamedBodies {

    private static final Set<String> LINES =
            Set.of("application/fhir+ndjson", "application/ndjson", "application/x-ndjson");

    private static final Set<String> PATHS = Set.of("/$import", "/CodeSystem/$load-concepts");

    /** As the protocol tus 1.0 names the bytes of a piece. */
    public static final String PIECE = "application/offset+octet-stream";

    private final FhirSettings settings;

    StreamedBodies(FhirSettings settings) {
        this.settings = settings;
    }

    /** Whether the body is one of lines, which may take as long as it wants. */
    public static boolean isExpectedIn(HttpServletRequest request) {
        String path = request.getPathInfo();
        return "POST".equals(request.getMethod()) && path != null && PATHS.contains(path) && isLines(request)
                || isPiece(request);
    }

    /** A piece of an upload, of which also counts what has arrived before the link broke. */
    private static boolean isPiece(HttpServletRequest request) {
        return "PATCH".equals(request.getMethod())
                && "/$upload".equals(request.getPathInfo())
                && PIECE.equals(GuardsRequests.mediaType(request.getContentType()));
    }

    /**
     * A body that came in pieces, as if it had come at once.
     *
     * @throws RefusedException when it is larger than a body may be, or cannot be inflated
     */
    public byte[] joined(byte[] pieces, boolean zipped) {
        try {
            return new RequestBodyReader(settings).whole(new ByteArrayInputStream(pieces), zipped);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Without its content type as a header, from which HAPI would guess in which format it should answer: in XML. */
    static HttpServletRequest unread(HttpServletRequest request) {
        GuardedRequest unread = new GuardedRequest(request);
        unread.hide("content-type");
        return unread;
    }

    private static boolean isLines(HttpServletRequest request) {
        return LINES.contains(GuardsRequests.mediaType(request.getContentType()));
    }

    /** Bytes that the body of a request may have that is read as a whole. */
    public long largestWhole() {
        return settings.maximumBody().toBytes();
    }

    /** Bytes of one line; as much as a whole request otherwise may have. */
    public long longestLine() {
        return settings.maximumBody().toBytes();
    }

    /**
     * The body, inflated.
     *
     * @param most bytes, inflated
     * @throws RefusedException when it is not a body of lines; while it is read, when it is larger or cannot be
     *     inflated
     */
    public InputStream open(ServletRequestDetails details, DataSize most) throws IOException {
        HttpServletRequest request = details.getServletRequest();
        if (!isLines(request)) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.UNSUPPORTED_MEDIA_TYPE,
                    GuardsRequests.mediaType(request.getContentType()).replaceAll("[^\\w/+*.-]", "")));
        }
        return bounded(request.getInputStream(), RequestBodyReader.isCompressed(request), most);
    }

    /**
     * What somebody sends, inflated.
     *
     * @param most bytes, inflated
     * @throws RefusedException when it cannot be inflated; while it is read, when it is larger
     */
    public InputStream bounded(InputStream source, boolean zipped, DataSize most) throws IOException {
        CountingInputStream sent = new CountingInputStream(source);
        try {
            InputStream inflated = zipped ? new GZIPInputStream(new NeverIdle(sent), 1 << 16) : sent;
            return new Bounded(inflated, sent, most.toBytes(), settings.maximumCompressionRatio());
        } catch (ZipException | EOFException broken) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, "gzip"));
        }
    }

    /**
     * Java looks for a further member of a gzip body only where bytes are said to be available, which a slow link does
     * not say; the rest of the body would be left out without a word (JDK-7036144).
     */
    private static final class NeverIdle extends FilterInputStream {

        NeverIdle(InputStream sent) {
            super(sent);
        }

        @Override
        public int available() throws IOException {
            return Math.max(1, super.available());
        }
    }

    private static final class Bounded extends FilterInputStream {

        private final CountingInputStream sent;
        private final long most;
        private final int ratio;
        private long read;

        Bounded(InputStream inflated, CountingInputStream sent, long most, int ratio) {
            super(inflated);
            this.sent = sent;
            this.most = most;
            this.ratio = ratio;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count;
            try {
                count = in.read(target, offset, length);
            } catch (ZipException | EOFException broken) {
                throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, "gzip"));
            }
            read += Math.max(0, count);
            if (read > most) {
                String megabytes = String.valueOf(most / (1024 * 1024));
                throw new RefusedException(Refusal.of(RefusalCode.TOO_LARGE, (Localized)
                        language -> megabytes + (language == Language.FRENCH ? " Mo" : " MB")));
            }
            if (read > RequestBodyReader.RATIO_CHECKED_ABOVE && read / Math.max(1, sent.getByteCount()) > ratio) {
                throw new RefusedException(Refusal.of(RefusalCode.TOO_COMPRESSED, ratio));
            }
            return count;
        }
    }
}
