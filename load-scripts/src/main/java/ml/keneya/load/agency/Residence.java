package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;

/** Where an address lies in the administrative divisions of Mali; empty where it does not say. */
record Residence(String commune, String cercle, String region) {
    private static final Residence UNKNOWN = new Residence("", "", "");

    /** The address where a person lives now: a displaced person also has the one that was left. */
    static Residence of(JsonNode patient) {
        return Coded.elements(patient.path("address"))
                .filter(address -> !address.path("use").asText().equals("old"))
                .findFirst()
                .map(Residence::at)
                .orElse(UNKNOWN);
    }

    static Residence at(JsonNode address) {
        return new Residence(
                division(address, "commune", "city"),
                division(address, "cercle", "district"),
                division(address, "region", "state"));
    }

    private static String division(JsonNode address, String extension, String element) {
        return newestDivision(address, extension).orElse(address.path(element).asText());
    }

    // An address may name a place in both divisions; the one in force comes first.
    private static Optional<String> newestDivision(JsonNode address, String extension) {
        return Coded.extensions(address, extension)
                .map(found -> found.path("valueCoding"))
                .filter(coding -> coding.hasNonNull("display"))
                .min(Comparator.comparing(
                        coding -> !coding.path("system").asText().equals(MaliCanonicals.DIVISIONS_OF_2023)))
                .map(coding -> coding.path("display").asText());
    }
}
