package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person with the vaccines in their record.
 *
 * @param birthDate as written: the day or the month may be unknown
 */
public record Person(
        ResourceKey key,
        String name,
        String gender,
        String birthDate,
        String commune,
        String cercle,
        List<Dose> doses) {
    public Person {
        doses = List.copyOf(doses);
    }

    static Person of(JsonNode patient, Stream<JsonNode> immunizations) {
        Residence residence = Residence.of(patient);
        List<Dose> doses = immunizations
                .filter(immunization -> !immunization.path("status").asText().equals("entered-in-error"))
                .map(Dose::of)
                .sorted(Comparator.comparing(Dose::date).thenComparing(Dose::vaccine))
                .toList();
        return new Person(
                ResourceKey.of(patient),
                name(patient.path("name").path(0)),
                patient.path("gender").asText(),
                patient.path("birthDate").asText(),
                residence.commune(),
                residence.cercle(),
                doses);
    }

    private static String name(JsonNode name) {
        if (name.hasNonNull("text")) {
            return name.path("text").asText();
        }
        String given = Coded.elements(name.path("given")).map(JsonNode::asText).collect(Collectors.joining(" "));
        return (given + " " + name.path("family").asText().toUpperCase(Locale.FRENCH)).strip();
    }
}
