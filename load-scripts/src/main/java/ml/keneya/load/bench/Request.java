package ml.keneya.load.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measured request.
 *
 * @param path what follows the base, with the query encoded
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Request(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    static Request get(String path) {
        return new Request("GET", path, null, Map.of());
    }

    static Request post(String path, byte[] body, Map<String, String> headers) {
        return new Request("POST", path, body, headers);
    }
}
