package ml.keneya.load.generate;

import static java.util.Map.entry;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.load.generate.Country.Dose;
import ml.keneya.load.generate.Country.Person;
import ml.keneya.load.generate.Country.Request;
import ml.keneya.load.generate.Country.Visit;

/** How each stated fact about care is counted. */
final class CareMeasures {
    private static final Set<String> CURATIVE = Set.of("Consultation curative", "Hospitalisation");
    private static final Set<String> MALARIA_REGIONS = Set.of("ML01", "ML02", "ML03", "ML04", "ML05");
    private static final int FOURTEEN_WEEKS = 98;
    private static final int TERM = 280;

    static final Map<String, Function<Country, Measure>> ALL = Map.ofEntries(
            entry("births.facility-delivery", CareMeasures::deliveries),
            entry("antenatal.at-least-1", country -> antenatal(country, 1)),
            entry("antenatal.at-least-4", country -> antenatal(country, 4)),
            entry("antenatal.tetanus", CareMeasures::tetanus),
            entry("epi.birth-doses", country -> received(country, LocalDate.of(2026, 6, 1), Set.of("BCG1"))),
            entry("epi.penta3", country -> received(country, LocalDate.of(2025, 11, 1), Set.of("PENTA3"))),
            entry("epi.penta-drop-out", CareMeasures::dropOut),
            entry(
                    "epi.first-measles-dose",
                    country -> received(country, LocalDate.of(2025, 5, 1), Set.of("VAR1", "RR1"))),
            entry(
                    "epi.second-measles-dose",
                    country -> received(country, LocalDate.of(2024, 7, 1), Set.of("VAR2", "RR2"))),
            entry("epi.third-visit-median-delay", CareMeasures::delay),
            entry(
                    "epi.stock-out",
                    country -> Measure.share(
                            country.doses.stream()
                                    .filter(dose -> !dose.copied())
                                    .toList(),
                            dose -> !dose.given())),
            entry("epi.fixed-strategy", country -> strategy(country, "fixed")),
            entry("epi.outreach-strategy", country -> strategy(country, "outreach")),
            entry("epi.hpv", CareMeasures::papillomavirus),
            entry("epi.malaria-vaccine", country -> after(country, Set.of(), Set.of("R211"), "2026-03-01")),
            entry(
                    "epi.malaria-vaccine-drop-out",
                    country -> not(after(country, Set.of("R211"), Set.of("R213"), "2025-11-30"))),
            entry(
                    "epi.malaria-vaccine-fourth",
                    country -> after(country, Set.of("R213"), Set.of("R214"), "2025-10-31")),
            entry("consultations.malaria-share", CareMeasures::malaria),
            entry("consultations.malaria-severe", CareMeasures::severe),
            entry(
                    "telehealth.requests",
                    country -> Measure.share(
                            country.requests.size(),
                            country.visits(Set.of("Consultation curative")).stream()
                                    .filter(visit -> visit.kind().equals("AMB"))
                                    .count())),
            entry(
                    "telehealth.answered",
                    country -> Measure.share(
                            country.requests.stream()
                                    .filter(each -> each.day().isBefore(Country.LAST_DAY.minusDays(3)))
                                    .toList(),
                            Request::completed)),
            entry("deaths.crude-rate", CareMeasures::deaths),
            entry("deaths.in-facility", CareMeasures::deathsInFacility));

    private CareMeasures() {}

    private static Measure not(Measure share) {
        return new Measure(100 - share.value(), share.error());
    }

    private static List<Person> bornToMothers(Country country, LocalDate from) {
        return country.people.values().stream()
                .filter(each -> each.isBornOnAKnownDay() && country.mothers.containsKey(each.id()))
                .filter(each -> !each.born().isBefore(from))
                .toList();
    }

    private static Measure deliveries(Country country) {
        Set<String> examined = country.visits(Set.of("Examen du nouveau-né")).stream()
                .map(Visit::patient)
                .collect(Collectors.toSet());
        return Measure.share(bornToMothers(country, Country.FIRST_DAY), child -> examined.contains(child.id()));
    }

    /** Pregnancies all of whose contacts are told, by how many contacts they had. */
    private static Measure antenatal(Country country, int contacts) {
        Map<String, List<Visit>> visits = antenatalVisits(country);
        Map<String, String> women = new HashMap<>();
        country.people.values().forEach(each -> women.put(each.household() + each.name(), each.id()));
        Map<String, Long> pregnancies = new HashMap<>();
        for (Person child : bornToMothers(country, Country.FIRST_DAY.plusDays(TERM))) {
            String mother = women.get(child.household() + country.mothers.get(child.id()));
            // Twins are one pregnancy.
            pregnancies.put(
                    mother + child.birth(),
                    visits.getOrDefault(mother, List.of()).stream()
                            .filter(visit -> visit.day().isBefore(child.born())
                                    && visit.day().isAfter(child.born().minusDays(TERM)))
                            .count());
        }
        return Measure.share(pregnancies.values(), count -> count >= contacts);
    }

    private static Map<String, List<Visit>> antenatalVisits(Country country) {
        return country.visits.stream()
                .filter(visit -> visit.type().startsWith("Consultation prénatale"))
                .sorted(Comparator.comparing(Visit::day))
                .collect(Collectors.groupingBy(Visit::patient));
    }

    /** Women who had their first Td and were seen again in time for the second. */
    private static Measure tetanus(Country country) {
        Map<String, List<Dose>> tetanus = country.doses.stream()
                .filter(dose -> dose.code().startsWith("TD"))
                .collect(Collectors.groupingBy(Dose::visit));
        Map<String, List<Visit>> visits = antenatalVisits(country);
        Map<Visit, Boolean> due = new LinkedHashMap<>();
        country.doses.stream()
                .filter(dose -> dose.code().equals("TD1") && dose.given())
                .forEach(first -> visits.get(first.patient()).stream()
                        .filter(visit -> !visit.day().isBefore(first.day().plusDays(28))
                                && visit.day().isBefore(first.day().plusDays(TERM)))
                        .findFirst()
                        .ifPresent(visit -> due.put(visit, tetanus.containsKey(visit.id()))));
        return Measure.share(due.values(), offered -> offered);
    }

    private static Measure received(Country country, LocalDate until, Set<String> codes) {
        Map<String, Map<String, Dose>> doses = country.dosesByPerson();
        return Measure.share(country.cohort(Country.FIRST_DAY, until), child -> has(doses, child, codes, Dose::given));
    }

    private static boolean has(
            Map<String, Map<String, Dose>> doses, Person child, Set<String> codes, Predicate<Dose> test) {
        return doses.getOrDefault(child.id(), Map.of()).values().stream()
                .anyMatch(dose -> codes.contains(dose.code()) && test.test(dose));
    }

    /** Between two doses, each of which may have been out of stock. */
    private static Measure dropOut(Country country) {
        Map<String, Map<String, Dose>> doses = country.dosesByPerson();
        List<Person> begun = country.cohort(Country.FIRST_DAY, LocalDate.of(2025, 11, 1)).stream()
                .filter(child -> has(doses, child, Set.of("PENTA1"), dose -> true))
                .toList();
        return not(Measure.share(begun, child -> has(doses, child, Set.of("PENTA3"), dose -> true)));
    }

    private static Measure delay(Country country) {
        return Measure.median(country.doses.stream()
                .filter(dose -> dose.code().equals("PENTA3") && !dose.copied())
                .filter(dose -> country.people.get(dose.patient()).isBornOnAKnownDay())
                .filter(dose -> country.people.get(dose.patient()).born().isAfter(Country.FIRST_DAY))
                .map(dose -> (double) ChronoUnit.DAYS.between(
                                country.people.get(dose.patient()).born(), dose.day())
                        - FOURTEEN_WEEKS)
                .toList());
    }

    /** By session: all doses of one are given in the same way. */
    private static Measure strategy(Country country, String strategy) {
        Map<String, String> sessions = new HashMap<>();
        country.doses.stream()
                .filter(dose -> !dose.copied() && !dose.code().startsWith("TD"))
                .forEach(dose -> sessions.put(dose.visit(), dose.strategy()));
        return Measure.share(sessions.values(), strategy::equals);
    }

    /** Girls who turned ten after the launch and are well over ten; a dose out of stock was offered too. */
    private static Measure papillomavirus(Country country) {
        Map<String, Map<String, Dose>> doses = country.dosesByPerson();
        return Measure.share(
                country.cohort(LocalDate.of(2014, 11, 2), LocalDate.of(2015, 11, 30)).stream()
                        .filter(Person::female)
                        .toList(),
                girl -> has(doses, girl, Set.of("HPV1"), dose -> true));
    }

    /** In the regions of the malaria vaccine, of those of an age for it who had one dose: how many had another. */
    private static Measure after(Country country, Set<String> before, Set<String> codes, String bornUntil) {
        Map<String, Map<String, Dose>> doses = country.dosesByPerson();
        return Measure.share(
                country.cohort(LocalDate.of(2024, 11, 24), LocalDate.parse(bornUntil)).stream()
                        .filter(child -> MALARIA_REGIONS.contains(child.region()))
                        .filter(child -> before.isEmpty() || has(doses, child, before, dose -> true))
                        .toList(),
                child -> has(doses, child, codes, dose -> true));
    }

    private static boolean isMalaria(Country.Illness illness) {
        return illness.codes().size() > 1 && illness.codes().get(1).startsWith("malaria");
    }

    private static Measure malaria(Country country) {
        return Measure.share(
                country.illnesses.stream().filter(CareMeasures::isMalaria).count(),
                country.visits(CURATIVE).stream()
                        .filter(visit -> !visit.leftDead())
                        .count());
    }

    private static Measure severe(Country country) {
        return Measure.share(
                country.illnesses.stream().filter(CareMeasures::isMalaria).toList(),
                illness -> illness.codes().get(1).equals("malaria-severe"));
    }

    private static Measure deaths(Country country) {
        double days = 0;
        long deaths = 0;
        for (Person person : country.people.values()) {
            LocalDate from = person.born().isBefore(Country.FIRST_DAY) ? Country.FIRST_DAY : person.born();
            LocalDate to = person.isAlive() ? Country.LAST_DAY : LocalDate.parse(person.death());
            days += ChronoUnit.DAYS.between(from, to);
            deaths += person.isAlive() ? 0 : 1;
        }
        return Measure.rate(deaths, days / 365_250);
    }

    private static Measure deathsInFacility(Country country) {
        Set<String> there = country.visits.stream()
                .filter(Visit::leftDead)
                .map(Visit::patient)
                .collect(Collectors.toSet());
        return Measure.share(
                country.people.values().stream().filter(each -> !each.isAlive()).toList(),
                each -> there.contains(each.id()));
    }
}
