package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.load.generate.Country.Person;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.Mali;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generator obeys the facts that it states: each is counted in the records of one population. */
class GeneratedFactsTest {
    /** Facts that no record shows, and why. */
    private static final Map<String, String> NOT_COUNTED = Map.of(
            "births.twins-among-close-siblings", "a choice within a household, of which only the twins are left to see",
            "antenatal.pregnant-now", "who is early in pregnancy, or has no contact, has left no trace yet",
            "epi.malaria-vaccine-fifth", "nobody can have had it before May 2027; GeneratedScheduleTest sees it",
            "programme.children", "counted by GeneratedTruthTest",
            "programme.families", "counted by GeneratedTruthTest",
            "programme.guardians", "counted by GeneratedTruthTest");

    /** By chance alone one true figure in 15 000 lies farther away. */
    private static final int STANDARD_ERRORS = 4;

    private static final Map<String, Function<Country, Measure>> MEASURES = new HashMap<>();
    private static final Facts FACTS = Mali.of(Set.of()).facts();

    static {
        MEASURES.putAll(PeopleMeasures.ALL);
        MEASURES.putAll(CareMeasures.ALL);
    }

    static Stream<String> stated() throws IOException {
        try (Reader reader = new InputStreamReader(
                        Mali.class.getResourceAsStream("/ml/keneya/load/generate/facts.csv"), StandardCharsets.UTF_8);
                var rows = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .build()
                        .parse(reader)) {
            return rows.getRecords().stream().map(row -> row.get("key"));
        }
    }

    static Stream<String> counted() throws IOException {
        return stated().filter(key -> !NOT_COUNTED.containsKey(key));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void isKept(String fact) {
        assertThat(MEASURES).containsKey(fact);
        Measure measure = MEASURES.get(fact).apply(Country.shared());
        double stated = FACTS.value(fact);
        double bound = STANDARD_ERRORS * measure.error().applyAsDouble(stated);

        // Else nothing generated at all would pass.
        assertThat(bound).as("bound").isLessThan(0.9 * stated);
        assertThat(measure.value()).isCloseTo(stated, within(bound));
    }

    @Test
    void everyFactIsCountedOrSaysWhyNot() throws IOException {
        Set<String> known = new HashSet<>(MEASURES.keySet());
        known.addAll(NOT_COUNTED.keySet());

        assertThat(stated()).hasSameSizeAs(known).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    @DisplayName("Children have the telephone of their household, which no other household has")
    void telephonesAreSharedInFamilies() {
        Map<String, String> owners = new HashMap<>();
        long shared = 0;

        for (List<Person> family : PeopleMeasures.withChild(Country.shared())) {
            Person child = PeopleMeasures.child(family);
            List<Person> children =
                    family.stream().filter(PeopleMeasures::isYoung).toList();
            assertThat(children).allSatisfy(each -> assertThat(each.phone()).isEqualTo(child.phone()));
            if (!child.phone().isEmpty()) {
                assertThat(children)
                        .allSatisfy(each -> assertThat(each.phoneOwner()).isIn("mother", "father", "household"));
                assertThat(owners.putIfAbsent(child.phone(), child.household())).isNull();
                shared += family.stream()
                                        .filter(each -> each.phone().equals(child.phone()))
                                        .count()
                                > 1
                        ? 1
                        : 0;
            }
        }
        assertThat(shared).isGreaterThan(owners.size() / 2);
    }

    @Test
    @DisplayName("As many people are without any paper as the shares of each paper leave")
    void peopleWithoutPapers() {
        Set<String> papers = Set.of("nina", "birth-certificate");
        double children = (1 - FACTS.share("person.nina-child")) * (1 - FACTS.share("person.birth-certificate-child"));

        assertWithout(100 * children, PeopleMeasures.people(Country.shared(), each -> each.birthYear() > 2008), papers);
        assertWithout(
                100 * (1 - FACTS.share("person.nina-adult")),
                PeopleMeasures.people(Country.shared(), each -> each.birthYear() < 2008),
                papers);
    }

    private static void assertWithout(double stated, List<Person> people, Set<String> papers) {
        Measure without = Measure.share(people, each -> each.papers().stream().noneMatch(papers::contains));
        assertThat(without.value())
                .isCloseTo(stated, within(STANDARD_ERRORS * without.error().applyAsDouble(stated)));
    }

    @Test
    @DisplayName("A request is answered when it says so, and by one answer; the malaria vaccine stays in its regions")
    void whatIsSaidTwiceAgrees() {
        Country country = Country.shared();
        Set<String> completed = country.requests.stream()
                .filter(Country.Request::completed)
                .map(Country.Request::id)
                .collect(Collectors.toSet());

        assertThat(country.answered).isEqualTo(completed).isNotEmpty();
        assertThat(country.doses.stream()
                        .filter(dose -> dose.code().startsWith("R21"))
                        .map(dose -> country.people.get(dose.patient()).region())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("ML01", "ML02", "ML03", "ML04", "ML05");
    }
}
