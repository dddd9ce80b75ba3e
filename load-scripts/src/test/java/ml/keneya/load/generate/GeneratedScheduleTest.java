package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.people.Scenario;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doses that are generated are those of Mali's schedule, as the guide publishes it. */
class GeneratedScheduleTest {
    /** Doses of the published schedule that are generated only when asked for, and why. */
    private static final Map<String, String> ONLY_ON_REQUEST = Map.of(
            "HEPB0", "no source says that Mali gives it; the schedule asks for confirmation first",
            "VPI2", "neither its introduction in Mali nor its age is confirmed");

    /** Given in time or not at all; other doses may come late, as they do. */
    private static final Set<String> NEVER_LATE = Set.of("VPO0", "HEPB0", "R21-4", "R21-5");

    private static final int PEOPLE = 2500;

    @TempDir
    static Path folder;

    private static Map<String, Map<String, String>> schedule;
    private static List<Dose> usual;
    private static List<Dose> all;

    /** A dose that was given, by its code in the schedule; VAR, which the schedule no longer has, by VAR1 and VAR2. */
    private record Dose(String code, String vaccine, int number, int series, String patient, LocalDate day) {}

    private static Map<String, LocalDate> births;

    @BeforeAll
    static void generate() {
        schedule = NationalList.named("ml-vaccine-dose").properties();
        usual = doses(false);
        all = doses(true);
    }

    /** Long enough for the fifth dose against malaria, which nobody can have had before May 2027. */
    private static List<Dose> doses(boolean unconfirmed) {
        var scenario = new Scenario(
                7, LocalDate.of(2022, 1, 1), LocalDate.of(2028, 1, 1), Set.of(), 0, List.of(), 0, unconfirmed);
        GeneratedData data =
                GeneratedData.of(folder.resolve(unconfirmed ? "all" : "usual"), scenario, PEOPLE, Form.RECORDS);
        births = new HashMap<>();
        data.records("Patient").forEach(patient -> {
            if (patient.path("birthDate").asText().length() == "2026-11-01".length()) {
                births.put(
                        "Patient/" + patient.path("id").asText(),
                        LocalDate.parse(patient.path("birthDate").asText()));
            }
        });
        return data.records("Immunization")
                .filter(each -> each.path("status").asText().equals("completed"))
                .map(GeneratedScheduleTest::dose)
                .toList();
    }

    private static Dose dose(JsonNode immunization) {
        JsonNode protocol = immunization.path("protocolApplied").path(0);
        String vaccine = immunization
                .path("vaccineCode")
                .path("coding")
                .path(0)
                .path("code")
                .asText();
        int number = protocol.path("doseNumberPositiveInt").asInt(0);
        String code = schedule.entrySet().stream()
                .filter(each -> vaccine.equals(each.getValue().get("vaccine"))
                        && number == Integer.parseInt(each.getValue().get("dose-number")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(vaccine + number);
        return new Dose(
                code,
                vaccine,
                number,
                protocol.path("seriesDosesPositiveInt").asInt(-1),
                immunization.path("patient").path("reference").asText(),
                LocalDate.parse(immunization.path("occurrenceDateTime").asText().substring(0, "2026-11-01".length())));
    }

    @Test
    @DisplayName("Every vaccine and dose of the published schedule is generated, two of them only when asked for")
    void everyDoseOfTheScheduleIsGenerated() {
        Set<String> expected = new TreeSet<>(schedule.keySet());

        assertThat(codes(all)).isEqualTo(expected);
        expected.removeAll(ONLY_ON_REQUEST.keySet());
        assertThat(codes(usual)).isEqualTo(expected);
        assertThat(ONLY_ON_REQUEST.keySet()).allSatisfy(code -> {
            assertThat(schedule.get(code).get("certain")).isEqualTo("false");
            assertThat(schedule.get(code).get("note")).contains("confirm");
        });
    }

    /** Cards may still show measles vaccine alone. */
    private static Set<String> codes(List<Dose> doses) {
        return doses.stream()
                .map(Dose::code)
                .filter(code -> !code.startsWith("VAR"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyDoseSaysOfHowManyItIs() {
        assertThat(all)
                .filteredOn(dose -> dose.number() > 0 && schedule.containsKey(dose.code()))
                .allSatisfy(dose -> assertThat(Integer.toString(dose.series()))
                        .isEqualTo(schedule.get(dose.code()).get("series-doses")));
    }

    @Test
    void noDoseComesBeforeItsAge() {
        assertThat(all)
                .filteredOn(dose -> births.containsKey(dose.patient()) && schedule.containsKey(dose.code()))
                .isNotEmpty()
                .allSatisfy(dose -> {
                    LocalDate birth = births.get(dose.patient());
                    Map<String, String> rule = schedule.get(dose.code());
                    assertThat(dose.day()).isAfterOrEqualTo(birth.plus(period(rule, "minimum-age")));
                    if (NEVER_LATE.contains(dose.code())) {
                        assertThat(dose.day()).isBeforeOrEqualTo(birth.plus(period(rule, "maximum-age")));
                    }
                });
    }

    @Test
    @DisplayName("No dose comes before its interval from the one before it, nor is a number given twice")
    void intervalsAreKept() {
        Map<String, TreeMap<Integer, Dose>> series = new HashMap<>();
        Map<String, Integer> compared = new HashMap<>();
        all.forEach(dose -> assertThat(series.computeIfAbsent(
                                dose.patient() + dose.vaccine().replace("VAR", "RR"), key -> new TreeMap<>())
                        .put(dose.number(), dose))
                .isNull());

        series.values()
                .forEach(given -> given.values().forEach(dose -> {
                    Dose before = given.get(dose.number() - 1);
                    if (before != null && schedule.containsKey(dose.code())) {
                        Period interval = period(schedule.get(dose.code()), "minimum-interval");
                        compared.merge(dose.code(), 1, Integer::sum);
                        assertThat(dose.day())
                                .as("%s after %s", dose, before)
                                .isAfterOrEqualTo(before.day().plus(interval));
                    }
                }));

        assertThat(compared)
                .containsKeys("VPI2", "RR2", "R21-2", "R21-3", "R21-4", "R21-5", "TD2", "TD3", "TD4", "TD5");
    }

    @Test
    void womenHaveFewerOfEachLaterDoseOfTd() {
        List<Integer> counts = new ArrayList<>();
        for (int number = 2; number <= 5; number++) {
            int dose = number;
            counts.add((int) usual.stream()
                    .filter(each -> each.vaccine().equals("TD") && each.number() == dose)
                    .count());
        }

        assertThat(counts).isSortedAccordingTo(Comparator.reverseOrder());
    }

    private static Period period(Map<String, String> rule, String kind) {
        String value = rule.get(kind + "-value");
        if (value == null) {
            return Period.ZERO;
        }
        int length = Integer.parseInt(value);
        return switch (rule.get(kind + "-unit")) {
            case "d" -> Period.ofDays(length);
            case "wk" -> Period.ofWeeks(length);
            case "mo" -> Period.ofMonths(length);
            case "a" -> Period.ofYears(length);
            default -> throw new AssertionError(rule.toString());
        };
    }
}
