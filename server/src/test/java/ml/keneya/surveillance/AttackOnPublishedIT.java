package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Random weeks are sent as clinics send them, and a site fetches everything that it may: all levels, all breakdowns,
 * weeks side by side. What it works out of that is held against what was sent. No other test has cases in that year.
 */
@KeneyaIntegrationTest
@TestInstance(Lifecycle.PER_CLASS)
class AttackOnPublishedIT {

    /** How many numbers a hidden small count may be, as decision 0063 promises. */
    private static final int LEAST_DOUBT = 4;

    private static final int WEEKS = 14;
    private static final LocalDate FIRST_MONDAY = LocalDate.parse("1975-01-06");
    private static final List<String> DISEASES = List.of("rubella", "malaria", "typhoid");
    private static final List<String> LEVELS = List.of("region", "cercle", "commune");
    private static final Map<String, List<String>> VALUES = Map.of(
            "age_group", List.of("0-11m", "1-4y", "5-14y", "15y+", "unknown"),
            "sex", List.of("female", "male", "other", "unknown"),
            "residence_status",
                    List.of("resident", "internally-displaced", "refugee", "returnee", "nomadic", "unknown"));
    private static final Map<String, String> BIRTHS =
            Map.of("0-11m", "1974-12", "1-4y", "1972-06-01", "5-14y", "1965-01-01", "15y+", "1940", "unknown", "");

    @Autowired
    Exchange exchange;

    @Autowired
    Places places;

    private final Random random = new Random(19750106);
    private final String facility = unique("site");
    /** By week, disease and figure. */
    private final Map<String, Map<String, Long>> truth = new HashMap<>();

    private Map<String, String> above = Map.of();
    private List<String> communes = List.of();

    @Test
    void tellsNobodyWhatIsHiddenHoweverTheTablesAreSolved() {
        above = places.above(Place.BEFORE_REFORM);
        communes = above.keySet().stream()
                .filter(code -> !above.containsValue(code))
                .toList();
        for (int week = 0; week < WEEKS; week++) {
            send(week);
        }
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        int hidden = 0;
        int told = 0;
        List<String> leaks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            Map<String, List<Map<String, String>>> lines = published(week, site);
            for (String disease : DISEASES) {
                Attacker attacker = new Attacker(above, VALUES, lines.getOrDefault(disease, List.of()));
                for (Map.Entry<String, Long> figure :
                        truth.getOrDefault(key(week, disease), Map.of()).entrySet()) {
                    long count = figure.getValue();
                    long[] between = attacker.between(figure.getKey()).orElse(new long[] {0, Integer.MAX_VALUE});
                    String described = week + " " + disease + " " + figure.getKey() + " is " + count + ", from "
                            + between[0] + " to " + between[1];
                    // He reckons well, or the rest would show nothing.
                    assertThat(count).as(described).isBetween(between[0], between[1]);
                    boolean knows = attacker.knows(figure.getKey());
                    if (count >= 1 && count < SmallCells.LEAST) {
                        hidden++;
                        if (knows || between[1] - between[0] + 1 < LEAST_DOUBT) {
                            leaks.add(described);
                        }
                    } else if (knows && count > 0) {
                        told++;
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
        // Otherwise hiding everything would do.
        assertThat(hidden).isGreaterThan(500);
        assertThat(told).isGreaterThan(150);
    }

    @Test
    void offersNoOtherTableToWhomeverGetsThePublishedOne() {
        // Areas count in their places besides (ReportsOfAreasIT).
        String[] caller = TestSystem.ofSite(exchange, facility).withAll();
        String week = "week=1975-W02";
        for (String format : List.of("csv", "dhis2", "adx")) {
            exchange.get("Measure/$idsr-weekly?" + week + "&_format=" + format, caller)
                    .isRefused(403, "ML-FHIR-100");
            // Whatever is asked for, it is the one table.
            assertThat(exchange.get("Measure/$idsr-publishable?" + week + "&_format=" + format, caller)
                            .hasStatus(200)
                            .body())
                    .startsWith("week,division,place,");
        }
        for (String other : List.of(
                "ml-idsr-weekly/$evaluate-measure?" + week,
                "ml-idsr-declared/$evaluate-measure?" + week,
                "ml-idsr-weekly/$figures?" + week,
                "ml-idsr-declared/$figures?" + week,
                "ml-idsr-weekly/$evaluate-measure?periodStart=1975-01-06&periodEnd=1975-12-28",
                "$idsr-rates?" + week,
                "$report-versions?" + week,
                "$line-list?" + week)) {
            exchange.get("Measure/" + other, caller).isRefused(403, "ML-FHIR-100");
        }
        // Weeks together, or days of one, could be subtracted from weeks.
        exchange.get("Measure/$idsr-publishable?periodStart=1975-01-06&periodEnd=1975-01-19", caller)
                .isRefused(400, "ML-FHIR-041");
    }

    private static String key(int week, String disease) {
        return week + " " + disease;
    }

    private static LocalDate monday(int week) {
        return FIRST_MONDAY.plus(week, ChronoUnit.WEEKS);
    }

    /** Everything that is told of a week, by disease. */
    private Map<String, List<Map<String, String>>> published(int week, String[] site) {
        String asked = "Measure/$idsr-publishable?week=" + EpidemiologicalWeek.of(monday(week));
        Map<String, List<Map<String, String>>> lines = new HashMap<>();
        List<String> queries = new ArrayList<>(List.of(asked));
        LEVELS.forEach(level -> queries.add(asked + "&level=" + level));
        for (String query : queries) {
            Strata.rows(exchange.get(query, site).hasStatus(200).body())
                    .forEach(line -> lines.computeIfAbsent(line.get("disease"), disease -> new ArrayList<>())
                            .add(line));
        }
        return lines;
    }

    private void send(int week) {
        for (String disease : DISEASES) {
            Bundle bundle = transaction();
            // Few communes that lie together, so that tables are thin and full at once.
            int first = random.nextInt(communes.size() - 12);
            int number = 2 + random.nextInt(10);
            for (int each = 0; each < number; each++) {
                String commune = random.nextInt(8) == 0 ? "" : communes.get(first + random.nextInt(12));
                int cases = random.nextInt(3) == 0 ? 5 + random.nextInt(10) : 1 + random.nextInt(5);
                boolean alike = random.nextBoolean();
                String age = oneOf(VALUES.get("age_group"));
                String sex = oneOf(List.of("female", "male"));
                for (int one = 0; one < cases; one++) {
                    add(
                            bundle,
                            week,
                            disease,
                            new Person(
                                    commune,
                                    alike ? age : oneOf(VALUES.get("age_group")),
                                    alike ? sex : oneOf(List.of("female", "male", "unknown")),
                                    oneOf(List.of("resident", "resident", "resident", "internally-displaced", ""))));
                }
            }
            exchange.post(bundle, facility).hasStatus(200);
        }
    }

    private record Person(String commune, String age, String sex, String residence) {}

    private void add(Bundle bundle, int week, String disease, Person about) {
        Patient person = aPerson(about.commune(), about.sex(), BIRTHS.get(about.age()), about.residence());
        LocalDate onset = monday(week).plusDays(random.nextInt(7));
        boolean confirmed = random.nextInt(4) == 0;
        boolean dead = random.nextInt(6) == 0;
        if (dead) {
            person.setDeceased(new DateTimeType(onset.plusDays(2).toString()));
        }
        bundle.addEntry(putting(person));
        bundle.addEntry(putting(aCase(person, disease, confirmed ? "confirmed" : "suspected", onset.toString())));
        List<String> figures = List.of(
                Attacker.CASES,
                confirmed ? "confirmed_cases" : "not confirmed_cases",
                dead ? "deaths" : "not deaths",
                "age_group=" + about.age(),
                "sex=" + about.sex(),
                "residence_status=" + (about.residence().isEmpty() ? "unknown" : about.residence()));
        Map<String, Long> ofWeek = truth.computeIfAbsent(key(week, disease), each -> new HashMap<>());
        String place = about.commune();
        if (place.isEmpty()) {
            place = Place.COUNTRY;
            count(ofWeek, Attacker.unplaced(place), figures);
        }
        count(ofWeek, place, figures);
        while (above.containsKey(place)) {
            place = above.get(place);
            count(ofWeek, place, figures);
        }
    }

    private static void count(Map<String, Long> counts, String place, List<String> figures) {
        figures.forEach(figure -> counts.merge(Attacker.name(place, figure), 1L, Long::sum));
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
