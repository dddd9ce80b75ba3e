package ml.keneya.load.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings one large bundle over a link that breaks, in pieces, as tus 1.0.0 says ({@code $upload}, docs/intake.md). What
 * has arrived is not sent again, not even by a process that was switched off in between and has nothing left but the
 * bundle: the exchange knows an open upload by the digest of its bytes. Only when the answer to the last piece was lost
 * is the bundle sent once more, because the upload is no longer open; the exchange then knows the delivery itself.
 */
public final class SendsInPieces {
    /** Some ten seconds over 2G: what a break costs at most, and how often the exchange is asked. */
    public static final int USUAL_PIECE = 64 * 1024;

    private static final String OPERATION = "$upload";
    private static final String TUS = "Tus-Resumable";
    private static final String VERSION = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    /** Another process may be sending the same bundle; after so many collisions it shall have it to itself. */
    private static final int MOST_COLLISIONS = 3;

    private final FhirBase base;
    private final Wire wire;
    private final int bytesOfAPiece;

    /** @param bytesOfAPiece so many are acknowledged, and kept, at once */
    public SendsInPieces(FhirBase base, Wire wire, int bytesOfAPiece) {
        this.base = base;
        this.wire = wire;
        this.bytesOfAPiece = bytesOfAPiece;
    }

    /**
     * What is to be sent: the same bytes each time that it is opened.
     *
     * @param length in bytes, as they are sent
     * @param sha256 of these bytes, hexadecimal
     * @param headers of the delivery, among them {@code Content-Encoding} when the bytes are compressed
     */
    public record Whole(Content content, long length, String sha256, Map<String, String> headers) {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /** Opens the bytes from their beginning. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Sends what the exchange has not got yet.
     *
     * @return 202 when all has arrived, with the {@code Content-Location} of the outcome, as for any delivery that is
     *     accepted for later; else the answer that refused a piece, or asked to come back
     * @throws IOException when the link broke, or the bytes cannot be read; the same call goes on later where it was
     */
    public Answer send(Whole whole) throws IOException {
        Answer answer = wire.send("POST", base.under(OPERATION), BodyPublishers.noBody(), announced(whole));
        Optional<URI> place = answer.headers().firstValue("Location").flatMap(base::followed);
        if (!answer.isSuccess() || place.isEmpty()) {
            return answer;
        }
        for (int collisions = 0; ; collisions++) {
            answer = sendFrom(offsetIn(answer).orElse(0), place.get(), whole);
            if (answer.status() != CONFLICT || collisions == MOST_COLLISIONS) {
                return answer;
            }
            answer = wire.send("HEAD", place.get(), BodyPublishers.noBody(), headers(whole));
        }
    }

    private Answer sendFrom(long arrived, URI place, Whole whole) throws IOException {
        try (InputStream content = whole.content().open()) {
            content.skipNBytes(arrived);
            long offset = arrived;
            while (true) {
                byte[] piece = content.readNBytes(bytesOfAPiece);
                Map<String, String> headers = headers(whole);
                headers.put("Content-Type", "application/offset+octet-stream");
                headers.put(OFFSET, Long.toString(offset));
                Answer answer = wire.send("PATCH", place, BodyPublishers.ofByteArray(piece), headers);
                if (!answer.isSuccess()) {
                    return answer;
                }
                offset += piece.length;
                if (offset >= whole.length()) {
                    return new Answer(ACCEPTED, answer.headers(), answer.document());
                }
                if (piece.length == 0) {
                    throw new IOException("The bundle has become shorter while it was sent");
                }
            }
        }
    }

    private Map<String, String> announced(Whole whole) {
        Map<String, String> headers = headers(whole);
        String metadata = "sha256 " + base64(whole.sha256());
        if ("gzip".equals(whole.headers().get("Content-Encoding"))) {
            metadata += ",encoding " + base64("gzip");
        }
        headers.put("Upload-Length", Long.toString(whole.length()));
        headers.put("Upload-Metadata", metadata);
        return headers;
    }

    /** An upload belongs to its sender, so each request says whose it is. */
    private static Map<String, String> headers(Whole whole) {
        var headers = new HashMap<>(whole.headers());
        headers.remove("Content-Encoding");
        headers.put(TUS, VERSION);
        return headers;
    }

    private static OptionalLong offsetIn(Answer answer) {
        String told = answer.headers().firstValue(OFFSET).orElse("");
        return told.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(told)) : OptionalLong.empty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
