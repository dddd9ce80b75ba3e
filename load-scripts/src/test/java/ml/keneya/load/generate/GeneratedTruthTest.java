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
import ml.keneya.load.generate.mali.Mali;
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
    void ofTheProgrammeIsItsScale() {
        GeneratedData data =
                GeneratedData.of(folder.resolve("programme"), GeneratedData.scenario(905, 0), 1194, Form.RECORDS);

        var facts = Mali.of(Set.of()).facts();
        Map<String, JsonNode> people = new HashMap<>();
        data.records("Patient")
                .forEach(patient -> people.put("Patient/" + patient.path("id").asText(), patient));
        Map<String, Set<String>> answering = new HashMap<>();
        data.records("RelatedPerson")
                .forEach(related -> answering
                        .computeIfAbsent(
                                related.path("patient").path("reference").asText(), key -> new HashSet<>())
                        .add(GeneratedImperfectionsTest.name(related)));
        List<JsonNode> families = data.records("Group").toList();
        Set<String> guardians = new HashSet<>();
        Set<String> children = new HashSet<>();
        families.forEach(family -> {
            Set<String> adults = new HashSet<>();
            Set<String> minors = new HashSet<>();
            family.path("member").forEach(member -> {
                String person = member.path("entity").path("reference").asText();
                (isAdult(people.get(person)) ? adults : minors).add(person);
            });
            assertThat(adults).isNotEmpty();
            assertThat(minors).isNotEmpty();
            Set<String> names = adults.stream()
                    .map(adult -> GeneratedImperfectionsTest.name(people.get(adult)))
                    .collect(Collectors.toSet());
            // Those who were fifteen at their registration answer for themselves.
            assertThat(minors)
                    .filteredOn(child -> birthYear(people.get(child)) > 2006)
                    .allSatisfy(
                            child -> assertThat(names).containsAnyElementsOf(answering.getOrDefault(child, Set.of())));
            guardians.addAll(adults);
            children.addAll(minors);
        });

        assertThat((double) families.size()).isEqualTo(facts.value("programme.families"));
        assertThat((double) children.size()).isEqualTo(facts.value("programme.children"));
        assertThat((double) guardians.size()).isEqualTo(facts.value("programme.guardians"));
        assertThat(families.stream()
                        .mapToInt(family -> family.path("quantity").asInt())
                        .sum())
                .isEqualTo(people.size());
        assertThat(people).hasSize(guardians.size() + children.size());
        Set<String> sites = new HashSet<>();
        people.values()
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

    /** Guardians are from 24 years on, children below 17. */
    private static boolean isAdult(JsonNode patient) {
        return birthYear(patient) < 2008;
    }

    private static int birthYear(JsonNode patient) {
        return Integer.parseInt(patient.path("birthDate").asText().substring(0, 4));
    }
}
