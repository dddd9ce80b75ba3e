package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What was found in an encounter.
 *
 * @param group what is counted together: the notifiable disease, else the first code, else the words
 * @param caseClassification suspected, probable, confirmed, discarded, or empty
 */
public record Diagnosis(String group, String label, String caseClassification) {
    /** Reads a condition, unless it was recorded in error or ruled out. */
    static Optional<Diagnosis> of(JsonNode condition) {
        boolean withdrawn = Coded.codings(condition.path("verificationStatus"))
                .map(coding -> coding.path("code").asText())
                .anyMatch(code -> code.equals("entered-in-error") || code.equals("refuted"));
        return withdrawn
                ? Optional.empty()
                : Optional.of(new Diagnosis(
                        group(condition.path("code")), Coded.label(condition.path("code")), classification(condition)));
    }

    private static String group(JsonNode code) {
        return Coded.code(code, MaliCanonicals.NOTIFIABLE_DISEASE)
                .map(disease -> MaliCanonicals.NOTIFIABLE_DISEASE + "|" + disease)
                .or(() -> Coded.codings(code)
                        .findFirst()
                        .map(coding -> coding.path("system").asText() + "|"
                                + coding.path("code").asText()))
                .orElseGet(() -> Coded.label(code));
    }

    private static String classification(JsonNode condition) {
        return Coded.extensions(condition, "case-classification")
                .flatMap(extension ->
                        Coded.code(extension.path("valueCodeableConcept"), MaliCanonicals.CASE_CLASSIFICATION).stream())
                .findFirst()
                .orElse("");
    }
}
