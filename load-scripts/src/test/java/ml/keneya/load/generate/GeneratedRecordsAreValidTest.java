package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ml.keneya.load.generate.output.Form;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of generated records of every kind, held against the guide with the validator of the guide's own tests. */
class GeneratedRecordsAreValidTest {
    private static final int OF_A_TYPE = 240;
    private static final int BUNDLES = 30;
    private static final Map<String, String> PROFILES = Map.of(
            "Patient", "ml-patient",
            "RelatedPerson", "ml-related-person",
            "Coverage", "ml-coverage",
            "Encounter", "ml-encounter",
            "Immunization", "ml-immunization",
            "Condition", "ml-condition",
            "Observation", "ml-observation",
            "Organization", "ml-organization",
            "Location", "ml-location");
    private static final List<String> WITHOUT_PROFILE = List.of("Communication", "Group", "ServiceRequest");

    private final MalianValidator validator = MalianValidator.shared();

    @TempDir
    Path folder;

    @Test
    void everyKindOfRecordIsWithoutError() {
        GeneratedData data = GeneratedData.of(
                folder.resolve("records"),
                GeneratedData.scenario(
                        60,
                        0,
                        "measles,district=kita,week=2026-W08,cases=12",
                        "meningitis,district=segou,week=2026-W10,cases=6"),
                3000,
                Form.RECORDS);
        List<String> faults = new ArrayList<>();
        Map<String, Integer> validated = new HashMap<>();

        for (Map.Entry<String, String> profile : PROFILES.entrySet()) {
            List<String> lines = spread(data.lines("records/" + profile.getKey() + ".ndjson"), OF_A_TYPE);
            faults.addAll(faults(lines, line -> validator.validate(line, profile.getValue())));
            validated.put(profile.getKey(), lines.size());
        }
        List<String> encounters = data.records("Encounter")
                .filter(encounter -> encounter.has("meta"))
                .limit(50)
                .map(JsonNode::toString)
                .toList();
        faults.addAll(faults(encounters, line -> validator.validate(line, "ml-telehealth-encounter")));
        for (String type : WITHOUT_PROFILE) {
            faults.addAll(faults(spread(data.lines("records/" + type + ".ndjson"), 60), validator::validateBundle));
        }

        assertThat(faults).isEmpty();
        assertThat(validated.values().stream().mapToInt(Integer::intValue).sum())
                .isGreaterThan(1900);
    }

    @Test
    void bundlesAreValidAsAWhole() {
        GeneratedData data =
                GeneratedData.of(folder.resolve("bundles"), GeneratedData.scenario(30, 0), 400, Form.BUNDLES);
        List<JsonNode> bundles = data.bundles();
        List<String> some = new ArrayList<>();

        for (int index = 0; index < bundles.size(); index += Math.max(1, bundles.size() / BUNDLES)) {
            String bundle = bundles.get(index).toString();
            // A registry bundle is large and made of what the other test has seen.
            if (bundle.length() < 50_000) {
                some.add(bundle);
            }
        }

        assertThat(faults(some, validator::validateBundle)).isEmpty();
    }

    /** Some of the lines, from the first to the last. */
    private static List<String> spread(List<String> lines, int most) {
        int step = Math.max(1, lines.size() / most);
        List<String> some = new ArrayList<>();
        for (int index = 0; index < lines.size() && some.size() < most; index += step) {
            some.add(lines.get(index));
        }
        return some;
    }

    /**
     * Errors, and the guide's own remarks: generated data should give no cause for either. By all cores at once, since
     * a validation takes a while.
     */
    private static List<String> faults(List<String> lines, Function<String, List<SingleValidationMessage>> validate) {
        return lines.parallelStream()
                .flatMap(line -> validate.apply(line).stream()
                        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0
                                || MalianValidator.key(message).startsWith("ml-"))
                        .map(message -> message.getLocationString() + ": " + message.getMessage() + " in "
                                + line.substring(0, Math.min(300, line.length()))))
                .toList();
    }
}
