package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.generate.output.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The truth written beside the data is what is in the data. */
class GeneratedTruthTest {
    @TempDir
    Path folder;

    @Test
    void ofAnOutbreakIsWhatTheRecordsSay() {
        GeneratedData data = GeneratedData.of(
                folder.resolve("outbreak"),
                GeneratedData.scenario(0, 0, "measles,district=ML0105,week=2026-W08,cases=40"),
                400,
                Form.RECORDS);
        JsonNode truth = data.documents("truth/outbreak-1-measles.json").get(0);
        Map<String, JsonNode> conditions = new HashMap<>();
        data.records("Condition").forEach(each -> conditions.put(each.path("id").asText(), each));
        Map<String, Integer> weeks = new TreeMap<>();

        assertThat(truth.path("cases").asInt()).isEqualTo(40);
        assertThat(truth.path("list")).hasSize(40).allSatisfy(each -> {
            JsonNode condition = conditions.get(each.path("condition").asText());
            assertThat(condition).isNotNull();
            assertThat(condition
                            .path("code")
                            .path("coding")
                            .path(1)
                            .path("code")
                            .asText())
                    .isEqualTo("measles");
            assertThat(condition.path("onsetDateTime")).isEqualTo(each.path("onset"));
            assertThat(condition.path("subject").path("reference").asText())
                    .isEqualTo("Patient/" + each.path("patient").asText());
            weeks.merge(
                    EpidemiologicalWeek.ofTime(condition.path("onsetDateTime").asText())
                            .orElseThrow()
                            .toString(),
                    1,
                    Integer::sum);
        });
        Map<String, Integer> told = new TreeMap<>();
        truth.path("byOnsetWeek")
                .fields()
                .forEachRemaining(
                        week -> told.put(week.getKey(), week.getValue().asInt()));
        assertThat(weeks).isEqualTo(told).containsKey("2026-W08");
    }

    @Test
    void ofImperfectionsIsWhatTheBundlesSay() {
        GeneratedData data =
                GeneratedData.of(folder.resolve("faults"), GeneratedData.scenario(10, 0.08), 300, Form.BUNDLES);
        List<JsonNode> notes = data.documents("truth/imperfections.ndjson");
        Map<String, Integer> sent = new HashMap<>();
        Map<String, JsonNode> records = new HashMap<>();
        for (JsonNode bundle : data.bundles()) {
            sent.merge(bundle.path("identifier").path("value").asText(), 1, Integer::sum);
            bundle.path("entry")
                    .forEach(entry -> records.put(
                            entry.path("fullUrl").asText().replace("urn:uuid:", ""), entry.path("resource")));
        }

        assertThat(sent.entrySet().stream()
                        .filter(each -> each.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .isEqualTo(submissions(notes, "re-sent-bundle"));
        assertThat(records.entrySet().stream()
                        .filter(each ->
                                each.getValue().path("resourceType").asText().equals("Observation"))
                        .filter(each -> !each.getValue().has("effectiveDateTime"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .isEqualTo(values(notes, "undated-result", "record"));
        assertThat(values(notes, "duplicate-person", "patient"))
                .isEqualTo(records.entrySet().stream()
                        .filter(each ->
                                each.getValue().path("resourceType").asText().equals("Patient"))
                        .filter(each -> each.getValue()
                                .path("identifier")
                                .path(0)
                                .path("value")
                                .asText()
                                .endsWith("-B"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        assertThat(notes.stream().map(note -> note.path("fault").asText()).distinct())
                .contains("late-bundle", "misspelt-name", "missing-phone", "missing-address", "undated-encounter");
    }

    @Test
    void ofTheProgrammeIsItsScale() {
        GeneratedData data =
                GeneratedData.of(folder.resolve("programme"), GeneratedData.scenario(905, 0), 1194, Form.RECORDS);

        assertThat(data.records("Group")).hasSize(190);
        assertThat(data.records("Group")
                        .mapToInt(family -> family.path("quantity").asInt())
                        .sum())
                .isEqualTo(905 + 289);
        Set<String> sites = new HashSet<>();
        data.records("Patient")
                .forEach(patient -> StreamSupport.stream(
                                patient.path("address")
                                        .path(0)
                                        .path("extension")
                                        .spliterator(),
                                false)
                        .filter(extension -> extension.path("url").asText().endsWith("ml-ext-commune"))
                        .forEach(extension -> sites.add(
                                extension.path("valueCoding").path("code").asText())));
        assertThat(sites).containsExactlyInAnyOrder("ML010513", "ML020531");
    }

    private static Set<String> submissions(List<JsonNode> notes, String fault) {
        return values(notes, fault, "submission");
    }

    private static Set<String> values(List<JsonNode> notes, String fault, String field) {
        return notes.stream()
                .filter(note -> note.path("fault").asText().equals(fault))
                .map(note -> note.path(field).asText())
                .collect(Collectors.toSet());
    }
}
