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
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.CountingInputStream;

/** Reads and inflates one body within the limits, and refuses text that is not what FHIR allows. */
class RequestBodyReader {

    /** Below this, a high ratio is only a small and repetitive bundle. */
    private static final int RATIO_CHECKED_ABOVE = 1024 * 1024;

    private static final int PROLOGUE = 4096;

    private final long maximumBytes;
    private final int maximumRatio;

    RequestBodyReader(FhirSettings settings) {
        this.maximumBytes = settings.maximumBody().toBytes();
        this.maximumRatio = settings.maximumCompressionRatio();
    }

    byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maximumBytes) {
            throw tooLarge();
        }
        byte[] body = isCompressed(request) ? inflate(request.getInputStream()) : readAll(request.getInputStream());
        refuseUnreadableText(BoundsRequestBody.mediaType(request.getContentType()), body);
        return body;
    }

    private static boolean isCompressed(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.strip().toLowerCase(Locale.ROOT).matches("(x-)?gzip")) {
            return true;
        }
        throw new RefusedException(Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding"));
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

    private static void refuseUnreadableText(String mediaType, byte[] body) {
        boolean xml = mediaType.endsWith("xml");
        if (!xml && !mediaType.isEmpty() && !mediaType.endsWith("json")) {
            return;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException notUtf8) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_UTF8));
        }
        // HAPI's reader skips a document type declaration silently; FHIR forbids it (R4, section 2.6.1).
        String prologue = new String(body, 0, Math.min(body.length, PROLOGUE), StandardCharsets.UTF_8);
        if (xml && prologue.toUpperCase(Locale.ROOT).contains("<!DOCTYPE")) {
            throw new RefusedException(Refusal.of(RefusalCode.DOCUMENT_TYPE_DECLARATION));
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
