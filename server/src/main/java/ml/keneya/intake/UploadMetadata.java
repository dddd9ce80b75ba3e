package ml.keneya.intake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says about an upload in header {@code Upload-Metadata}: names, each with a value in Base64.
 *
 * @param contentType {@code filetype}; FHIR's JSON when it is not given
 * @param isZipped whether {@code encoding} is {@code gzip}
 * @param digest {@code sha256} of all bytes as they are sent, hexadecimal, null when it is not given
 */
record UploadMetadata(
        String contentType, boolean isZipped, @Nullable String digest) {

    private static final String HEADER = "Upload-Metadata";

    /** @throws RefusedException when it cannot be understood */
    static UploadMetadata read(@Nullable String header) {
        Map<String, String> values = new HashMap<>();
        for (String pair : String.valueOf(header == null ? "" : header).split(",")) {
            String[] parts = pair.strip().split("\\s+");
            if (!parts[0].isEmpty()) {
                values.put(parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        String type = values.getOrDefault("filetype", "application/fhir+json");
        String encoding = values.getOrDefault("encoding", "");
        String digest = values.get("sha256");
        boolean understood = type.matches("application/(fhir\\+)?(json|xml)(;\\s*charset=utf-8)?")
                && encoding.matches("(gzip|identity)?")
                && (digest == null || digest.matches("[0-9a-f]{64}"));
        if (!understood) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, HEADER));
        }
        return new UploadMetadata(type, encoding.equals("gzip"), digest);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, HEADER));
        }
    }
}
