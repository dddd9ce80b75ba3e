package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A vaccine dose in a person's record.
 *
 * @param number its place in the series, empty when not stated
 * @param date as written: a card may tell only the month
 * @param given false when the record says that it was not given
 */
public record Dose(ResourceKey key, String vaccine, String number, String date, boolean given) {
    static Dose of(JsonNode immunization) {
        JsonNode protocol = immunization.path("protocolApplied").path(0);
        String occurrence = immunization
                .path("occurrenceDateTime")
                .asText(immunization.path("occurrenceString").asText());
        return new Dose(
                ResourceKey.of(immunization),
                Coded.label(immunization.path("vaccineCode")),
                protocol.path("doseNumberPositiveInt")
                        .asText(protocol.path("doseNumberString").asText()),
                FhirDay.of(occurrence).map(Object::toString).orElse(occurrence),
                !immunization.path("status").asText().equals("not-done"));
    }
}
