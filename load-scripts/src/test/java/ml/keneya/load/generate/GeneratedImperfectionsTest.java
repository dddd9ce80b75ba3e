package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.load.generate.output.Form;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same people, told once without and once with imperfections: what differs is what the truth file says, and nothing
 * else differs.
 */
class GeneratedImperfectionsTest {
    static final double RATE = 0.05;
    static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 1);

    private static final int PEOPLE = 1000;
    private static final Pattern DAY = Pattern.compile("-(20\\d\\d-\\d\\d-\\d\\d)-");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f-]{17}");
    private static final Pattern ICD_10 = Pattern.compile("[A-Z]\\d\\d(\\.\\d+)?");
    private static final Set<String> DISEASES =
            NationalList.named("ml-notifiable-disease").codes();
    private static final Set<String> OF_PEOPLE = Set.of("misspelt-name", "missing-phone", "missing-address");
    private static final Map<String, String> OF_VISITS = Map.of(
            "unknown-disease-code", "Condition",
            "mistyped-icd-10", "Condition",
            "undated-result", "Observation",
            "missing-lot", "Immunization",
            "undated-encounter", "Encounter");

    @TempDir
    static Path folder;

    private static Sendings clean;
    private static Sendings faulty;
    private static List<JsonNode> notes;

    /** One arrival of a bundle. */
    record Sent(String month, String line) {
        JsonNode bundle() {
            return GeneratedData.read(line);
        }
    }

    /** The arrivals of each submission, in order, but for those of the registry. */
    record Sendings(Map<String, List<Sent>> bySubmission) {
        static Sendings of(GeneratedData data) {
            Map<String, List<Sent>> sendings = new LinkedHashMap<>();
            data.files().keySet().stream()
                    .filter(path -> path.startsWith("bundles/2"))
                    .forEach(path -> data.lines(path).forEach(line -> {
                        JsonNode bundle = GeneratedData.read(line);
                        sendings.computeIfAbsent(
                                        bundle.path("identifier").path("value").asText(), key -> new ArrayList<>())
                                .add(new Sent(path.substring("bundles/".length(), "bundles/2026-11".length()), line));
                    }));
            return new Sendings(sendings);
        }

        JsonNode first(String submission) {
            return bySubmission.get(submission).get(0).bundle();
        }

        Map<String, JsonNode> records(String type) {
            Map<String, JsonNode> records = new HashMap<>();
            bySubmission
                    .values()
                    .forEach(sent -> resources(sent.get(0).bundle(), type).forEach(records::putIfAbsent));
            return records;
        }
    }

    @BeforeAll
    static void generate() {
        GeneratedData with =
                GeneratedData.of(folder.resolve("with"), GeneratedData.scenario(12, RATE), PEOPLE, Form.BUNDLES);
        GeneratedData without =
                GeneratedData.of(folder.resolve("without"), GeneratedData.scenario(12, 0), PEOPLE, Form.BUNDLES);
        assertThat(without.files().keySet()).noneMatch(path -> path.startsWith("truth/"));
        faulty = Sendings.of(with);
        clean = Sendings.of(without);
        notes = with.documents("truth/imperfections.ndjson");
    }

    static Sendings clean() {
        return clean;
    }

    @Test
    @DisplayName("Wrong codes, missing fields and misspelt names are in the records that the truth names, in no other")
    void faultsOfWritingAreWhereTheTruthSays() {
        Map<String, List<JsonNode>> ofPatient = notesBy("patient", OF_PEOPLE);
        Map<String, List<JsonNode>> ofSubmission = notesBy("submission", OF_VISITS.keySet());
        Set<String> duplicates = values("duplicate-person", "patient");
        Set<JsonNode> found = new HashSet<>();

        clean.bySubmission().keySet().forEach(submission -> {
            ObjectNode right = (ObjectNode) clean.first(submission);
            ObjectNode wrong = (ObjectNode) faulty.first(submission);
            List<JsonNode> stated = ofSubmission.getOrDefault(submission, List.of());
            stated.forEach(note -> takeOut(note, note.path("record").asText(), right, wrong));
            found.addAll(stated);
            for (String patient : resources(wrong, "Patient").keySet()) {
                List<JsonNode> personal = ofPatient.getOrDefault(patient, List.of());
                personal.forEach(note -> takeOut(note, patient, right, wrong));
                found.addAll(personal);
                if (duplicates.contains(patient)) {
                    withoutPatient(right);
                    withoutPatient(wrong);
                }
            }
            assertThat(renumbered(wrong)).as(submission).isEqualTo(renumbered(right));
        });

        Set<JsonNode> told = notes.stream()
                .filter(note -> OF_PEOPLE.contains(fault(note)) || OF_VISITS.containsKey(fault(note)))
                .collect(Collectors.toSet());
        assertThat(found).isEqualTo(told);
        assertThat(told.stream().map(GeneratedImperfectionsTest::fault))
                .containsAll(OF_PEOPLE)
                .containsAll(OF_VISITS.keySet());
    }

    /** Sees that a record has the defect that a note speaks of, then takes what it concerns out of both bundles. */
    private static void takeOut(JsonNode note, String uuid, JsonNode right, JsonNode wrong) {
        String type = OF_VISITS.getOrDefault(fault(note), "Patient");
        List<String> places = List.copyOf(resources(wrong, type).keySet());
        assertThat(places).as(note.toString()).contains(uuid);
        ObjectNode bad = (ObjectNode) resources(wrong, type).get(uuid);
        ObjectNode good =
                (ObjectNode) List.copyOf(resources(right, type).values()).get(places.indexOf(uuid));
        String field = switch (fault(note)) {
            case "unknown-disease-code" -> {
                assertThat(DISEASES).contains(code(good, 1)).doesNotContain(code(bad, 1));
                assertThat(code(bad, 0)).isEqualTo(code(good, 0));
                yield "code";
            }
            case "mistyped-icd-10" -> {
                assertThat(code(good, 0)).matches(ICD_10);
                assertThat(code(bad, 0)).doesNotMatch(ICD_10);
                assertThat(code(bad, 1)).isEqualTo(code(good, 1));
                yield "code";
            }
            case "misspelt-name" -> {
                assertThat(name(bad)).isEqualTo(note.path("written").asText());
                assertThat(name(good)).isEqualTo(note.path("true").asText()).isNotEqualTo(name(bad));
                yield "name";
            }
            case "undated-result" -> missing("effectiveDateTime", good, bad);
            case "missing-lot" -> missing("lotNumber", good, bad);
            case "undated-encounter" -> missing("period", good, bad);
            case "missing-phone" -> missing("telecom", good, bad);
            case "missing-address" -> missing("address", good, bad);
            default -> throw new AssertionError(note.toString());
        };
        good.remove(field);
        bad.remove(field);
    }

    private static String missing(String field, JsonNode good, JsonNode bad) {
        assertThat(good.has(field)).isTrue();
        assertThat(bad.has(field)).isFalse();
        return field;
    }

    @Test
    @DisplayName("Records written twice are the ones that the truth names, and are of the person that it names")
    void duplicatesAreThoseOfTheTruth() {
        Map<String, JsonNode> people = clean.records("Patient");
        Map<String, JsonNode> written = faulty.records("Patient");
        Set<String> more = new HashSet<>(written.keySet());
        more.removeAll(people.keySet());
        Set<String> duplicates = values("duplicate-person", "patient");

        assertThat(more).isEqualTo(duplicates).isNotEmpty();
        assertThat(notes)
                .filteredOn(note -> fault(note).equals("duplicate-person"))
                .allSatisfy(note -> {
                    JsonNode second = written.get(note.path("patient").asText());
                    JsonNode person = people.get(note.path("of").asText());
                    assertThat(name(second)).isEqualTo(note.path("written").asText());
                    assertThat(name(person)).isEqualTo(note.path("true").asText());
                    assertThat(second.path("identifier").path(0).path("value").asText())
                            .isEqualTo(note.path("recordNumber").asText())
                            .isNotEqualTo(person.path("identifier")
                                    .path(0)
                                    .path("value")
                                    .asText());
                    assertThat(second.path("birthDate")).isEqualTo(person.path("birthDate"));
                    assertThat(second.path("gender")).isEqualTo(person.path("gender"));
                    assertThat(second.path("address")).isEqualTo(person.path("address"));
                    assertThat(second.has("telecom"))
                            .isEqualTo(note.path("phone").asBoolean());
                    assertThat(second.path("identifier").size())
                            .isEqualTo(
                                    note.path("papers").asBoolean()
                                            ? person.path("identifier").size()
                                            : 1);
                });
        // What the exchange gets more than without imperfections are only registrations and deaths of those.
        faulty.bySubmission().keySet().stream()
                .filter(submission -> !clean.bySubmission().containsKey(submission))
                .forEach(submission -> assertThat(duplicates)
                        .containsAll(
                                resources(faulty.first(submission), "Patient").keySet()));
    }

    @Test
    @DisplayName("Late bundles arrive in the month that the truth gives, all others within two days")
    void lateBundlesAreThoseOfTheTruth() {
        Map<String, List<JsonNode>> late = notesBy("submission", Set.of("late-bundle"));

        faulty.bySubmission().forEach((submission, sent) -> {
            LocalDate ready = ready(submission);
            List<JsonNode> stated = late.getOrDefault(submission, List.of());
            if (stated.isEmpty()) {
                assertThat(sent.get(0).month()).as(submission).isBetween(month(ready), month(ready.plusDays(2)));
                return;
            }
            LocalDate told = LocalDate.parse(stated.get(0).path("sent").asText());
            assertThat(stated).hasSize(1);
            assertThat(stated.get(0).path("ready").asText()).isEqualTo(ready.toString());
            assertThat(told).isAfter(ready.plusDays(2)).isBeforeOrEqualTo(LAST_DAY);
            assertThat(sent.get(0).month()).isEqualTo(month(told));
        });
        assertThat(faulty.bySubmission().keySet()).containsAll(late.keySet());
        assertThat(late).isNotEmpty();
        clean.bySubmission().forEach((submission, sent) -> {
            LocalDate ready = ready(submission);
            assertThat(sent.get(0).month()).isBetween(month(ready), month(ready.plusDays(2)));
            resources(sent.get(0).bundle(), "Encounter")
                    .values()
                    .forEach(encounter -> assertThat(
                                    encounter.path("period").path("start").asText())
                            .startsWith(ready.toString()));
        });
    }

    @Test
    @DisplayName("Bundles sent again are those of the truth, with the same bytes, in the month that it gives")
    void bundlesSentAgainAreThoseOfTheTruth() {
        Map<String, List<JsonNode>> again = notesBy("submission", Set.of("re-sent-bundle"));

        faulty.bySubmission().forEach((submission, sent) -> {
            List<JsonNode> stated = again.getOrDefault(submission, List.of());
            assertThat(sent).as(submission).hasSize(1 + stated.size());
            if (!stated.isEmpty()) {
                String month = month(LocalDate.parse(stated.get(0).path("sent").asText()));
                assertThat(stated).hasSize(1);
                assertThat(sent.get(1).line()).isEqualTo(sent.get(0).line());
                assertThat(sent.get(1).month())
                        .isEqualTo(month)
                        .isGreaterThanOrEqualTo(sent.get(0).month());
            }
        });
        assertThat(faulty.bySubmission().keySet()).containsAll(again.keySet());
        assertThat(again).isNotEmpty();
        assertThat(clean.bySubmission().values()).allMatch(sent -> sent.size() == 1);
    }

    @Test
    @DisplayName("Each kind of imperfection is as frequent as asked for, among the records that can have it")
    void areAsFrequentAsAskedFor() {
        Map<String, Long> counts =
                notes.stream().collect(Collectors.groupingBy(GeneratedImperfectionsTest::fault, Collectors.counting()));
        Map<String, Double> chances =
                Opportunities.of(clean, faulty.bySubmission().keySet());

        assertThat(counts.keySet()).isEqualTo(chances.keySet());
        chances.forEach((fault, possible) -> {
            // Half of each of the two that keep a whole bundle out.
            double rate = Set.of("unknown-disease-code", "undated-result").contains(fault) ? RATE / 2 : RATE;
            // A visit has one fault at most: the last kind is left where none of four others happened.
            double least = OF_VISITS.containsKey(fault) ? rate * Math.pow(1 - RATE, 4) : rate;
            double spread = 4 * Math.sqrt(possible * rate * (1 - rate));
            assertThat(spread).as("enough of %s to tell", fault).isLessThan(possible * rate);
            assertThat((double) counts.get(fault))
                    .as(fault)
                    .isBetween(possible * least - spread, possible * rate + spread);
        });
    }

    static LocalDate ready(String submission) {
        Matcher day = DAY.matcher(submission);
        assertThat(day.find()).as(submission).isTrue();
        return LocalDate.parse(day.group(1));
    }

    private static String month(LocalDate day) {
        return (day.isAfter(LAST_DAY) ? LAST_DAY : day).toString().substring(0, "2026-11".length());
    }

    /** The resources of a type by their UUID, in the order of the bundle. */
    static Map<String, JsonNode> resources(JsonNode bundle, String type) {
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("resource").path("resourceType").asText().equals(type)) {
                resources.put(entry.path("fullUrl").asText().replace("urn:uuid:", ""), entry.path("resource"));
            }
        }
        return resources;
    }

    private static void withoutPatient(ObjectNode bundle) {
        bundle.withArray("entry").forEach(entry -> {
            if (entry.path("resource").path("resourceType").asText().equals("Patient")) {
                ((ObjectNode) entry).remove(List.of("resource", "request"));
            }
        });
    }

    /** The text with UUIDs replaced by the order in which they appear: a duplicate's visits have others. */
    private static String renumbered(JsonNode bundle) {
        Map<String, String> numbers = new HashMap<>();
        return UUID.matcher(bundle.toString())
                .replaceAll(match -> numbers.computeIfAbsent(match.group(), uuid -> "#" + numbers.size()));
    }

    private static Map<String, List<JsonNode>> notesBy(String field, Set<String> faults) {
        return notes.stream()
                .filter(note -> faults.contains(fault(note)))
                .collect(Collectors.groupingBy(note -> note.path(field).asText()));
    }

    private static Set<String> values(String fault, String field) {
        return notesBy(field, Set.of(fault)).keySet();
    }

    private static String fault(JsonNode note) {
        return note.path("fault").asText();
    }

    private static String code(JsonNode condition, int coding) {
        return condition.path("code").path("coding").path(coding).path("code").asText();
    }

    static String name(JsonNode patient) {
        JsonNode name = patient.path("name").path(0);
        return name.path("given").path(0).asText() + " " + name.path("family").asText();
    }
}
