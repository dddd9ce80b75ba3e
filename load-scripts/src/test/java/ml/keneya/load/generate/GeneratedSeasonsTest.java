package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.load.generate.Country.Illness;
import ml.keneya.load.generate.Country.Person;
import ml.keneya.load.generate.mali.Cause;
import ml.keneya.load.generate.mali.Mali;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Illness is as frequent in each month of the year as {@code causes.csv} and {@code seasons.csv} state. */
class GeneratedSeasonsTest {
    private static final int STANDARD_ERRORS = 4;
    private static final int MONTHS = 12;
    private static final int YOUNGEST = 28;
    private static final int YOUNGEST_MALNOURISHED = 183;

    /** How the records of a cause are told from others, and the months in which people of Mali expect it. */
    private record Kind(Predicate<Illness> test, List<Integer> season) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "malaria", new Kind(disease("malaria"), List.of(8, 9, 10, 11)),
            "respiratory", new Kind(icd10("J06.9"), List.of(12, 1, 2)),
            "diarrhoea", new Kind(icd10("A09"), List.of(4, 5, 6, 7, 8)),
            "malnutrition", new Kind(disease("acute-malnutrition"), List.of(6, 7, 8, 9)),
            "meningitis", new Kind(disease("meningitis"), List.of(1, 2, 3, 4, 5)));

    private static Predicate<Illness> disease(String code) {
        return illness -> illness.codes().size() > 1 && illness.codes().get(1).startsWith(code);
    }

    private static Predicate<Illness> icd10(String code) {
        return illness -> illness.codes().get(0).equals(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"malaria", "respiratory", "diarrhoea", "malnutrition"})
    void haveTheirMonths(String cause) {
        assertSeason(Country.shared(), cause(cause), KINDS.get(cause));
    }

    /** So rare outside outbreaks that it has to be made frequent to be seen: only how often is changed, not when. */
    @Test
    @DisplayName("Meningitis has the season of the meningitis belt")
    void meningitisHasTheSeasonOfTheBelt() {
        Mali mali = Mali.of(Set.of());
        Cause meningitis = cause("meningitis");
        var frequent = new Cause(
                meningitis.name(),
                meningitis.season(),
                meningitis.yearly().stream().map(yearly -> yearly * 2000).toList(),
                meningitis.icd10(),
                meningitis.notifiable(),
                meningitis.classification(),
                meningitis.text(),
                meningitis.reason());
        var country = Country.of(
                new Mali(
                        mali.facts(),
                        mali.territory(),
                        mali.health(),
                        mali.names(),
                        mali.ages(),
                        mali.mortality(),
                        List.of(frequent),
                        mali.schedule()),
                2500);

        assertSeason(country, frequent, KINDS.get("meningitis"));
    }

    private static Cause cause(String name) {
        return Mali.of(Set.of()).causes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertSeason(Country country, Cause cause, Kind kind) {
        double[] expected = expected(country, cause);
        Map<Integer, Long> counted = country.illnesses.stream()
                .filter(kind.test())
                .collect(Collectors.groupingBy(illness -> illness.day().getMonthValue(), Collectors.counting()));

        for (int month = 1; month <= MONTHS; month++) {
            assertThat((double) counted.getOrDefault(month, 0L))
                    .as("%s in month %d", cause.name(), month)
                    .isCloseTo(expected[month - 1], within(STANDARD_ERRORS * Math.sqrt(expected[month - 1])));
        }
        double inSeason = daily(country, counted, kind.season());
        double outside = daily(
                country,
                counted,
                IntStream.rangeClosed(1, MONTHS)
                        .boxed()
                        .filter(month -> !kind.season().contains(month))
                        .toList());
        assertThat(inSeason).as("%s in its season", cause.name()).isGreaterThan(1.3 * outside);
    }

    /** A day of these months; not all months are told of equally often. */
    private static double daily(Country country, Map<Integer, Long> counted, List<Integer> months) {
        long days = Country.FIRST_DAY
                .datesUntil(Country.LAST_DAY)
                .filter(day -> months.contains(day.getMonthValue()))
                .count();
        return (double) months.stream()
                        .mapToLong(month -> counted.getOrDefault(month, 0L))
                        .sum()
                / days;
    }

    /** Those who live in the middle of each month, each as likely ill as the tables say for the age. */
    private static double[] expected(Country country, Cause cause) {
        double[] expected = new double[MONTHS];
        int youngest = cause.name().equals("malnutrition") ? YOUNGEST_MALNOURISHED : YOUNGEST;
        for (Person person : country.people.values()) {
            LocalDate death = person.isAlive() ? Country.LAST_DAY : LocalDate.parse(person.death());
            for (LocalDate day = Country.FIRST_DAY.plusDays(15); day.isBefore(death); day = day.plusMonths(1)) {
                int age = (int) ChronoUnit.DAYS.between(person.born(), day);
                if (age >= youngest) {
                    expected[day.getMonthValue() - 1] += cause.monthly(Cause.ageGroup(age / 365), day.getMonthValue());
                }
            }
        }
        return expected;
    }
}
