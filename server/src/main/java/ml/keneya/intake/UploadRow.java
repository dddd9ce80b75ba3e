package ml.keneya.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that arrives in pieces.
 *
 * @param caller who began it
 * @param base the address it was begun under
 * @param headers those that matter when it is carried out
 * @param length bytes of all pieces together
 * @param received bytes that are there
 * @param zipped whether the pieces together are gzip
 * @param digest SHA-256 of all bytes, hexadecimal, when it was announced
 * @param delivery under which number it waits or has been dealt with, once it is complete
 */
record UploadRow(
        UUID id,
        Caller caller,
        String base,
        Map<String, String> headers,
        long length,
        long received,
        boolean zipped,
        @Nullable String digest,
        OffsetDateTime expiresAt,
        @Nullable UUID delivery) {

    static UploadRow read(ResultSet row, int number) throws SQLException {
        return new UploadRow(
                row.getObject("id", UUID.class),
                DeliveryRows.caller(row),
                row.getString("base"),
                DeliveryRows.headers(row.getString("headers")),
                row.getLong("length"),
                row.getLong("received"),
                row.getBoolean("zipped"),
                row.getString("digest"),
                row.getObject("expires_at", OffsetDateTime.class),
                row.getObject("delivery", UUID.class));
    }

    boolean isComplete() {
        return received == length;
    }

    /** The bytes as a delivery, once they are put together and inflated. */
    Arrival asArrival(byte[] body) {
        Submission submission = Submission.unread(caller, headers.get("Idempotency-Key"), body);
        return new Arrival(caller, base, submission.key(), submission.digest(), headers, body);
    }
}
