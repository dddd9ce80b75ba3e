package ml.keneya.chaos;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * A file of people and one of what was measured of them, of one sender. People of even lines have an id, all others get
 * one from the exchange. Some lines are empty and some are refused, each for another reason.
 */
final class LinesToImport {

    static final int PEOPLE = 400;
    static final int WEIGHTS = 160;

    /** In the file of people; among the first hundred lines and among later ones. */
    static final List<Long> REFUSED_PEOPLE = List.of(51L, 77L, 151L, 301L);

    /** They belong to nobody whom the exchange knows. */
    static final List<Long> REFUSED_WEIGHTS = List.of(31L, 131L);

    private static final List<Long> EMPTY = List.of(60L, 220L);

    private final String sender;

    LinesToImport(String sender) {
        this.sender = sender;
    }

    String sender() {
        return sender;
    }

    /** Of the person of an even line. */
    String idOfPerson(int line) {
        return sender + "-" + line;
    }

    byte[] people() {
        StringBuilder lines = new StringBuilder();
        for (long line = 1; line <= PEOPLE; line++) {
            lines.append(EMPTY.contains(line) ? "" : person(line)).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] weights() {
        StringBuilder lines = new StringBuilder();
        for (long line = 1; line <= WEIGHTS; line++) {
            String person = REFUSED_WEIGHTS.contains(line) ? sender + "-nobody" : idOfPerson(2);
            Observation weight = Records.weightOf("Patient/" + person, "7.1");
            weight.addIdentifier().setSystem(Records.RECORD_NUMBER).setValue(numberOf("w", line));
            lines.append(json(weight)).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The numbers of the people who are to be stored, each with the version that it must have. */
    Map<String, String> storedPeople() {
        Map<String, String> expected = new TreeMap<>();
        for (long line = 1; line <= PEOPLE; line++) {
            if (!EMPTY.contains(line) && !REFUSED_PEOPLE.contains(line)) {
                expected.put(numberOf("p", line), "1");
            }
        }
        return expected;
    }

    Map<String, String> storedWeights() {
        Map<String, String> expected = new TreeMap<>();
        for (long line = 1; line <= WEIGHTS; line++) {
            if (!REFUSED_WEIGHTS.contains(line)) {
                expected.put(numberOf("w", line), "1");
            }
        }
        return expected;
    }

    List<Long> refused(int file) {
        return new ArrayList<>(file == 0 ? REFUSED_PEOPLE : REFUSED_WEIGHTS);
    }

    private String person(long line) {
        Patient person = Records.aChild(numberOf("p", line));
        if (line % 2 == 0) {
            person.setId(idOfPerson((int) line));
        }
        String json = json(person);
        if (!REFUSED_PEOPLE.contains(line)) {
            return json;
        }
        // No value of its code, or no JSON at all.
        return line == 77 ? json.substring(0, json.length() - 2) : json.replace("\"female\"", "\"nonsense\"");
    }

    private String numberOf(String kind, long line) {
        return "%s-%s-%03d".formatted(sender, kind, line);
    }

    private static String json(Resource record) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(record);
    }
}
