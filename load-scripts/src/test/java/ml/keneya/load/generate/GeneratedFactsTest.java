package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.load.generate.output.Form;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator obeys the facts that it states. */
class GeneratedFactsTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 1);
    private static final int PEOPLE = 8000;

    @TempDir
    static Path folder;

    private static GeneratedData data;

    @BeforeAll
    static void generate() {
        data = GeneratedData.of(folder.resolve("facts"), GeneratedData.scenario(0, 0), PEOPLE, Form.RECORDS);
    }

    @Test
    void agesAndSexesAreThoseOfTheCensus() {
        List<JsonNode> people = data.records("Patient").toList();

        assertThat(people).hasSize(PEOPLE);
        assertThat(share(people, each -> age(each) < 15)).isCloseTo(0.472, within(0.02));
        assertThat(share(people, each -> age(each) >= 65)).isCloseTo(0.029, within(0.01));
        assertThat(share(people, each -> each.path("gender").asText().equals("female")))
                .isCloseTo(0.5, within(0.02));
    }

    @Test
    void dosesAndDropOutAreThoseOfTheProgramme() {
        Map<String, Long> given = data.records("Immunization")
                .filter(each -> each.path("status").asText().equals("completed"))
                .filter(each ->
                        bornBetween(each.path("patient").path("reference").asText()))
                .collect(Collectors.groupingBy(GeneratedFactsTest::dose, Collectors.counting()));
        double children = births().values().stream()
                .filter(GeneratedFactsTest::isOfTheCohort)
                .count();

        assertThat(given.get("PENTA3") / children).isCloseTo(0.77, within(0.06));
        assertThat(1 - (double) given.get("PENTA3") / given.get("PENTA1")).isCloseTo(0.10, within(0.04));
        assertThat(given.get("BCG1") / children).isCloseTo(0.84, within(0.06));
    }

    @Test
    void malariaHasItsShareAndItsSeason() {
        List<JsonNode> consultations = data.records("Encounter")
                .filter(each -> each.path("type").path(0).path("text").asText().equals("Consultation curative")
                        || each.path("type").path(0).path("text").asText().equals("Hospitalisation"))
                .toList();
        List<JsonNode> malaria = data.records("Condition")
                .filter(each -> each.path("code")
                        .path("coding")
                        .path(1)
                        .path("code")
                        .asText()
                        .startsWith("malaria"))
                .toList();
        Map<Integer, Long> months = malaria.stream()
                .collect(Collectors.groupingBy(
                        each -> Integer.parseInt(
                                each.path("recordedDate").asText().substring(5, 7)),
                        Collectors.counting()));

        assertThat((double) malaria.size() / consultations.size()).isCloseTo(0.394, within(0.03));
        assertThat(months.get(10)).isGreaterThan(5 * months.get(4));
    }

    private static double share(List<JsonNode> people, Predicate<JsonNode> test) {
        return (double) people.stream().filter(test).count() / people.size();
    }

    private static int age(JsonNode patient) {
        String birth = patient.path("birthDate").asText();
        // A year alone stands for its middle.
        LocalDate day = birth.length() == 4
                ? LocalDate.of(Integer.parseInt(birth), 5, 3)
                : LocalDate.parse(birth.length() == 7 ? birth + "-15" : birth);
        return Period.between(day, LAST_DAY).getYears();
    }

    private static Map<String, LocalDate> births() {
        Map<String, LocalDate> births = new HashMap<>();
        data.records("Patient").forEach(each -> {
            String birth = each.path("birthDate").asText();
            if (birth.length() == 10 && !each.has("deceasedDateTime")) {
                births.put("Patient/" + each.path("id").asText(), LocalDate.parse(birth));
            }
        });
        return births;
    }

    private static boolean bornBetween(String patient) {
        LocalDate birth = Births.KNOWN.computeIfAbsent("all", key -> births()).get(patient);
        return birth != null && isOfTheCohort(birth);
    }

    /** Read once. */
    private static final class Births {
        private static final Map<String, Map<String, LocalDate>> KNOWN = new HashMap<>();
    }

    /** Born within the time told of and old enough to have had all doses of infancy. */
    private static boolean isOfTheCohort(LocalDate birth) {
        return birth.isAfter(LocalDate.of(2021, 1, 1)) && birth.isBefore(LocalDate.of(2025, 12, 1));
    }

    private static String dose(JsonNode immunization) {
        return immunization
                        .path("vaccineCode")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText()
                + immunization
                        .path("protocolApplied")
                        .path(0)
                        .path("doseNumberPositiveInt")
                        .asText("0");
    }
}
