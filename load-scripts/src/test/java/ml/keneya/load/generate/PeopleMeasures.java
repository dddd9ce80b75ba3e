package ml.keneya.load.generate;

import static java.util.Map.entry;

import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import ml.keneya.load.generate.Country.Person;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Mali;

/** How each stated fact about people and households is counted. */
final class PeopleMeasures {
    private static final double DAYS_A_YEAR = 365.25;

    static final Map<String, Function<Country, Measure>> ALL = Map.ofEntries(
            entry("people.national", country -> Measure.fixed(nationalPeople(), 500)),
            entry("people.under-15", country -> ages(country, 0, 15)),
            entry("people.aged-15-to-64", country -> ages(country, 15, 65)),
            entry("people.under-1", country -> ages(country, 0, 1)),
            entry("people.under-5", country -> ages(country, 0, 5)),
            entry("people.mean-age", PeopleMeasures::meanAge),
            entry("people.female", country -> Measure.share(country.people.values(), Person::female)),
            entry(
                    "household.headed-by-man",
                    country -> Measure.share(
                            families(country), family -> !family.get(0).female())),
            entry(
                    "household.displaced",
                    country -> Measure.share(
                            families(country), family -> family.get(0).displaced())),
            entry(
                    "household.displaced-registered",
                    country -> Measure.share(
                            people(country, Person::displaced),
                            each -> each.papers().contains("idp-registration"))),
            entry(
                    "household.without-phone",
                    country -> Measure.share(
                            withChild(country), family -> child(family).phone().isEmpty())),
            entry("person.own-phone-adult", PeopleMeasures::ownPhones),
            // Years in which some were children and some adults, on the last day, are left out.
            entry(
                    "person.nina-adult",
                    country -> Measure.share(
                            people(country, each -> each.birthYear() < 2008),
                            each -> each.papers().contains("nina"))),
            entry(
                    "person.nina-child",
                    country -> Measure.share(
                            people(country, each -> each.birthYear() > 2008),
                            each -> each.papers().contains("nina"))),
            entry(
                    "person.birth-certificate-child",
                    country -> Measure.share(
                            people(country, each -> each.birthYear() > 2008),
                            each -> each.papers().contains("birth-certificate"))),
            entry(
                    "person.birth-date-known-child",
                    country -> Measure.share(
                            people(country, each -> each.birthYear() > 2011),
                            each -> each.precision().equals("day"))),
            entry(
                    "person.birth-date-known-adult",
                    country -> Measure.share(
                            people(country, each -> each.birthYear() < 2011),
                            each -> each.precision().equals("day"))),
            entry(
                    "coverage.any",
                    country -> Measure.share(
                            families(country),
                            family -> !covers(country, family).isEmpty())),
            entry("coverage.amo-share", country -> ofCovered(country, Set.of("AMO", "RAMU"))),
            entry("coverage.ramed-share", country -> ofCovered(country, Set.of("RAMED"))),
            entry(
                    "coverage.ramu-moved",
                    country -> Measure.share(
                            families(country).stream()
                                    .filter(family -> hasAny(country, family, Set.of("AMO", "RAMU")))
                                    .toList(),
                            family -> hasAny(country, family, Set.of("RAMU")))),
            // Each commune has a whole number of them, at least one.
            entry("facilities.cscom", country -> Measure.fixed(cscoms(), 25)));

    private PeopleMeasures() {}

    static List<List<Person>> families(Country country) {
        return List.copyOf(country.households.values());
    }

    static List<List<Person>> withChild(Country country) {
        return families(country).stream()
                .filter(family -> family.stream().anyMatch(PeopleMeasures::isYoung))
                .toList();
    }

    /** One who has no telephone of its own. */
    static Person child(List<Person> family) {
        return family.stream().filter(PeopleMeasures::isYoung).findFirst().orElseThrow();
    }

    static boolean isYoung(Person person) {
        return person.birthYear() > 2012;
    }

    static List<Person> people(Country country, Predicate<Person> test) {
        return country.people.values().stream().filter(test).toList();
    }

    private static Measure ages(Country country, int from, int before) {
        return Measure.share(country.people.values(), each -> {
            int years = Period.between(each.born(), Country.LAST_DAY).getYears();
            return years >= from && years < before;
        });
    }

    private static Measure meanAge(Country country) {
        return Measure.mean(country.people.values().stream()
                .map(each -> ChronoUnit.DAYS.between(each.born(), Country.LAST_DAY) / DAYS_A_YEAR)
                .toList());
    }

    private static Measure ownPhones(Country country) {
        long adults = 0;
        long own = 0;
        for (List<Person> family : withChild(country)) {
            String shared = child(family).phone();
            for (Person person : family) {
                if (person.birthYear() < 2011) {
                    adults++;
                    own += person.phone().isEmpty() || person.phone().equals(shared) ? 0 : 1;
                }
            }
        }
        return Measure.share(own, adults);
    }

    private static Set<String> covers(Country country, List<Person> family) {
        return country.covers.getOrDefault(family.get(0).household(), Set.of());
    }

    private static boolean hasAny(Country country, List<Person> family, Set<String> schemes) {
        return covers(country, family).stream().anyMatch(schemes::contains);
    }

    private static Measure ofCovered(Country country, Set<String> schemes) {
        return Measure.share(
                families(country).stream()
                        .filter(family -> !covers(country, family).isEmpty())
                        .toList(),
                family -> hasAny(country, family, schemes));
    }

    private static double nationalPeople() {
        return Mali.of(Set.of()).territory().communes().stream()
                .mapToInt(Commune::people)
                .sum();
    }

    private static double cscoms() {
        return Mali.of(Set.of()).health().facilities().stream()
                .filter(facility -> facility.type().equals("cscom"))
                .count();
    }
}
