package ml.keneya.surveillance.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeSystem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules as the terminology has them, on series whose answers are worked out by hand. */
class WeeklyRulesTest {

    private static final LocalDate WEEK = LocalDate.parse("2026-03-02");

    private static final List<Threshold> THRESHOLDS = thresholds();

    private static final WeeklyRules ALL = WeeklyRules.evenUncertain(THRESHOLDS);

    @Test
    @DisplayName("Meningitis: two cases a week where fewer than 30 000 live, 3 for 100 000 and at least two above")
    void meningitisByInhabitants() {
        assertThat(signals("meningitis", 29_999, 1)).isEmpty();
        assertThat(signals("meningitis", 29_999, 2)).containsExactly("men-alert-small");
        assertThat(signals("meningitis", 29_999, 5)).containsExactly("men-epi-small", "men-alert-small");
        assertThat(signals("meningitis", 30_000, 1)).isEmpty();
        assertThat(signals("meningitis", 30_000, 2)).containsExactly("men-alert-large");
        assertThat(signals("meningitis", 30_000, 3)).containsExactly("men-epi-large", "men-alert-large");
        assertThat(signals("meningitis", 100_000, 2)).isEmpty();
        assertThat(signals("meningitis", 100_000, 9)).containsExactly("men-alert-large");
        assertThat(signals("meningitis", 100_000, 10)).containsExactly("men-epi-large", "men-alert-large");
        // What the whole of a large district reaches, a part of it reaches.
        assertThat(signals("meningitis", 1_000_000, 29)).isEmpty();
        assertThat(signals("meningitis", 1_000_000, 30)).containsExactly("men-alert-large");
    }

    @Test
    @DisplayName("Without a number of inhabitants no rule for areas tells anything")
    void unknownInhabitants() {
        WeeklyCounts unknown = new WeeklyCounts(WEEK, Map.of(WEEK, 500), OptionalInt.empty());

        assertThat(WeeklyRules.of(THRESHOLDS, Set.of()).rules())
                .isNotEmpty()
                .noneMatch(rule -> rule.canTell(unknown, WEEK))
                .noneMatch(rule -> rule.look(unknown, WEEK).isPresent());
    }

    @Test
    @DisplayName("1, 2, 4 cases are a doubling in a small place; 0, 2, 4 and 1, 2, 3 are none")
    void doubling() {
        assertThat(signals("meningitis", 5_000, 1, 2, 4)).contains("men-epi-small-doubling");
        assertThat(signals("meningitis", 5_000, 0, 2, 4)).doesNotContain("men-epi-small-doubling");
        assertThat(signals("meningitis", 5_000, 1, 2, 3)).doesNotContain("men-epi-small-doubling");
        assertThat(signals("meningitis", 50_000, 1, 2, 4)).doesNotContain("men-epi-small-doubling");
    }

    @Test
    @DisplayName("C1 compares with the mean of the seven weeks before and three deviations")
    void c1() {
        // Mean 5, squared differences 25+25+16+0+16+25+25 = 132, variance 22, limit 5 + 3 * 4.690 = 19.071.
        assertThat(signal("bloody-diarrhoea-c1", 0, 10, 1, 5, 9, 0, 10, 20).orElseThrow())
                .satisfies(found -> assertThat(found.limit()).isCloseTo(19.071, within(0.001)))
                .satisfies(found -> assertThat(found.cases()).isEqualTo(20));
        assertThat(signal("bloody-diarrhoea-c1", 0, 10, 1, 5, 9, 0, 10, 19)).isEmpty();
        // Six weeks before are too few.
        assertThat(signal("bloody-diarrhoea-c1", 10, 1, 5, 9, 0, 10, 40)).isEmpty();
    }

    @Test
    @DisplayName("Counts that hardly vary are expected to vary as chance has it: the variance is the mean at least")
    void atLeastChance() {
        assertThat(signal("bloody-diarrhoea-c1", 9, 9, 9, 9, 9, 9, 9, 18)).isEmpty();
        assertThat(signal("bloody-diarrhoea-c1", 9, 9, 9, 9, 9, 9, 9, 19)).isPresent();
    }

    @Test
    @DisplayName("C2 leaves the two weeks before out, so that a slow beginning does not hide what follows")
    void c2() {
        int[] slow = {0, 10, 1, 5, 9, 0, 10, 25, 25, 20};

        assertThat(signal("bloody-diarrhoea-c1", slow)).isEmpty();
        assertThat(signal("bloody-diarrhoea-c2", slow).orElseThrow().limit()).isCloseTo(19.071, within(0.001));
    }

    @Test
    @DisplayName("C3 sums what three weeks have above one deviation")
    void c3() {
        // Constant 9 before, so the deviation is 3: each week of 15 has (15 - 9) / 3 - 1 = 1 above.
        assertThat(signal("bloody-diarrhoea-c2", 9, 9, 9, 9, 9, 9, 9, 9, 9, 15, 15, 16))
                .isEmpty();
        assertThat(signal("bloody-diarrhoea-c3", 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 15, 15, 16))
                .isPresent();
        assertThat(signal("bloody-diarrhoea-c3", 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 15, 15))
                .isEmpty();
        // What was before does not make a usual week remarkable.
        assertThat(signal("bloody-diarrhoea-c3", 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 30, 30, 9))
                .isEmpty();
    }

    @Test
    @DisplayName("The seasonal baseline compares with the same weeks of five years, and needs all five")
    void season() {
        Map<LocalDate, Integer> counts = new HashMap<>();
        for (int week = 1; week <= 6 * 52; week++) {
            counts.put(WEEK.minusWeeks(week), 1);
        }
        for (int year = 1; year <= 5; year++) {
            for (int beside = -1; beside <= 1; beside++) {
                counts.put(WEEK.minusWeeks(year * 52L + beside), 25 + beside);
            }
        }
        counts.put(WEEK, 35);

        // Fifteen weeks of mean 25, which vary less than by chance, so by 5: the limit is 25 + 2 * 5.
        assertThat(season(counts, WEEK.minusWeeks(6 * 52))).isEmpty();
        counts.put(WEEK, 36);
        assertThat(season(counts, WEEK.minusWeeks(6 * 52)))
                .hasValueSatisfying(found -> assertThat(found.limit()).isCloseTo(35, within(0.001)));
        assertThat(season(counts, WEEK.minusWeeks(5 * 52))).isEmpty();
    }

    @Test
    @DisplayName("Fewer cases than the least signal nothing, however unusual")
    void least() {
        assertThat(signal("bloody-diarrhoea-c2", 0, 0, 0, 0, 0, 0, 0, 0, 0, 4)).isEmpty();
        assertThat(signal("bloody-diarrhoea-c2", 0, 0, 0, 0, 0, 0, 0, 0, 0, 5)).isPresent();
    }

    @Test
    @DisplayName("What is not certain is evaluated only where the settings name it; the epidemic level comes first")
    void chosen() {
        List<String> codes = codes(WeeklyRules.of(THRESHOLDS, Set.of("malaria-c2")));

        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "men-epi-large",
                        "men-epi-small",
                        "men-epi-small-doubling",
                        "men-alert-large",
                        "men-alert-small",
                        "malaria-c2");
        assertThat(codes.subList(0, 3)).allMatch(code -> code.contains("-epi-"));
        assertThat(codes(ALL))
                .contains("malaria-q3", "malaria-1.5", "typhoid-season")
                .doesNotContain("men-cluster-camp-");
    }

    private static List<String> codes(WeeklyRules rules) {
        return rules.rules().stream().map(WeeklyRule::code).toList();
    }

    private static Optional<Signal> season(Map<LocalDate, Integer> counts, LocalDate first) {
        return rule("bloody-diarrhoea-season").look(new WeeklyCounts(first, counts, OptionalInt.empty()), WEEK);
    }

    private static List<String> signals(String disease, int inhabitants, int... lastOnes) {
        return WeeklyRules.of(THRESHOLDS, Set.of()).rules().stream()
                .filter(rule -> rule.disease().equals(disease))
                .flatMap(rule -> rule.look(series(OptionalInt.of(inhabitants), lastOnes), WEEK).stream())
                .map(Signal::rule)
                .toList();
    }

    private static Optional<Signal> signal(String rule, int... lastOnes) {
        return rule(rule).look(series(OptionalInt.empty(), lastOnes), WEEK);
    }

    private static WeeklyRule rule(String code) {
        return ALL.rules().stream()
                .filter(rule -> rule.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static WeeklyCounts series(OptionalInt inhabitants, int... lastOnes) {
        Map<LocalDate, Integer> cases = new HashMap<>();
        for (int week = 0; week < lastOnes.length; week++) {
            cases.put(WEEK.minusWeeks(lastOnes.length - 1 - week), lastOnes[week]);
        }
        return new WeeklyCounts(WEEK.minusWeeks(lastOnes.length - 1), cases, inhabitants);
    }

    private static List<Threshold> thresholds() {
        try (InputStream file = WeeklyRulesTest.class.getResourceAsStream(
                "/ml.keneya.terminology/package/CodeSystem-ml-alert-threshold.json")) {
            return Threshold.all(
                    List.of(FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, file)));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
