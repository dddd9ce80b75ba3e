package ml.keneya.fhir;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.CountingInputStream;

/** Reads and inflates one body within the limits, and refuses text that is not what FHIR allows. */
class RequestBodyReader {

    /** Below this, a high ratio is only a small and repetitive bundle. */
    static final int RATIO_CHECKED_ABOVE = 1024 * 1024;

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^;\"\\s]{0,40})", Pattern.CASE_INSENSITIVE);

    /** Plain ASCII is UTF-8 too. */
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    private final long maximumBytes;
    private final int maximumRatio;

    RequestBodyReader(FhirSettings settings) {
        this.maximumBytes = settings.maximumBody().toBytes();
        this.maximumRatio = settings.maximumCompressionRatio();
    }

    /** @throws RefusedException when it is too large or cannot be inflated */
    byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maximumBytes) {
            throw tooLarge();
        }
        return whole(request.getInputStream(), isCompressed(request));
    }

    /** @throws RefusedException when it is too large or cannot be inflated */
    byte[] whole(InputStream body, boolean zipped) throws IOException {
        return withoutByteOrderMark(zipped ? inflate(body) : readAll(body));
    }

    /** @throws RefusedException when the text is not what FHIR allows */
    static void check(HttpServletRequest request, byte[] body) {
        if (!isFile(request)) {
            refuseUnreadableText(GuardsRequests.mediaType(request.getContentType()), body);
        }
    }

    /** A file that is sent to Binary as it is may be XML or JSON of any kind. */
    static boolean isFile(HttpServletRequest request) {
        String path = String.valueOf(request.getPathInfo());
        boolean toBinary = path.equals("/Binary") || path.startsWith("/Binary/");
        return toBinary && !GuardsRequests.mediaType(request.getContentType()).contains("fhir");
    }

    static boolean isCompressed(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.strip().toLowerCase(Locale.ROOT).matches("(x-)?gzip")) {
            return true;
        }
        throw new RefusedException(Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding"));
    }

    static void refuseCompression(HttpServletRequest request) {
        if (isCompressed(request)) {
            throw new RefusedException(Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding"));
        }
    }

    private byte[] readAll(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(Math.toIntExact(maximumBytes) + 1);
        if (bytes.length > maximumBytes) {
            throw tooLarge();
        }
        return bytes;
    }

    private byte[] inflate(InputStream body) throws IOException {
        CountingInputStream compressed = new CountingInputStream(body);
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try (GZIPInputStream gzip = new GZIPInputStream(compressed, buffer.length)) {
            for (int read = gzip.read(buffer); read >= 0; read = gzip.read(buffer)) {
                inflated.write(buffer, 0, read);
                refuseBomb(inflated.size(), compressed.getByteCount());
            }
        } catch (ZipException | EOFException broken) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, "gzip"));
        }
        return inflated.toByteArray();
    }

    private void refuseBomb(long inflated, long compressed) {
        if (inflated > maximumBytes) {
            throw tooLarge();
        }
        if (inflated > RATIO_CHECKED_ABOVE && inflated / Math.max(1, compressed) > maximumRatio) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_COMPRESSED, maximumRatio));
        }
    }

    static void refuseUnreadableText(String mediaType, byte[] body) {
        // However HAPI reads it: application/json+fhir too, and a list of types.
        boolean json = mediaType.contains("json");
        boolean xml = mediaType.contains("xml");
        if (body.length == 0 || !(json || xml || mediaType.isEmpty())) {
            return;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_UTF8));
        }
        if (json) {
            JsonText.check(body);
        }
        if (xml) {
            XmlText.check(text);
        }
    }

    /** The mark that some Windows programs put before UTF-8 text; HAPI would take it for content. */
    private static byte[] withoutByteOrderMark(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    /** Text of FHIR is UTF-8, whatever the container would be able to decode. */
    static void refuseOtherCharsets(HttpServletRequest request) {
        String contentType = request.getContentType();
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        if (charset.find() && !UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            String named = charset.group(1).replaceAll("[^\\w.:+-]", "?");
            throw new RefusedException(Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, "charset=" + named));
        }
    }

    private RefusedException tooLarge() {
        return new RefusedException(Refusal.of(RefusalCode.TOO_LARGE, (Localized) language -> inMegabytes(language)));
    }

    private String inMegabytes(Language language) {
        String unit = language == Language.FRENCH ? "Mo" : "MB";
        return maximumBytes / (1024 * 1024) + " " + unit;
    }
}
