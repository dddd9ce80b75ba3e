package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Coverage by birth cohort, drop-out and zero-dose counted a second time, from the records as they were sent, by plain
 * Java with the schedule written out. No other test has children born in that June.
 */
@KeneyaIntegrationTest
class RecountCoverageIT {

    private static final LocalDate FIRST = LocalDate.parse("1994-06-01");
    private static final LocalDate LAST = LocalDate.parse("1994-06-30");
    private static final long KAYES_CERCLE = 808881;

    /** Dose, vaccine, its number, and the birthday before which it counts. */
    private record Due(String dose, String vaccine, int number, int birthday) {}

    private static final List<Due> SCHEDULE = List.of(
            new Due("BCG", "BCG", 1, 1),
            new Due("VPO1", "VPO", 1, 1),
            new Due("VPO2", "VPO", 2, 1),
            new Due("VPO3", "VPO", 3, 1),
            new Due("PENTA1", "PENTA", 1, 1),
            new Due("PENTA2", "PENTA", 2, 1),
            new Due("PENTA3", "PENTA", 3, 1),
            new Due("RR1", "RR", 1, 1),
            new Due("RR2", "RR", 2, 2),
            new Due("VAA", "VAA", 1, 1),
            new Due("MENA", "MENA", 1, 1));

    @Autowired
    Exchange exchange;

    private final Random random = new Random(19940601);
    private final SomeVaccinations some = new SomeVaccinations(FIRST);
    private final Map<Patient, List<Immunization>> children = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    void agreesWithTheCoverageWhateverHappensToTheChildren() {
        for (int number = 0; number < 60; number++) {
            addChild();
        }
        sendAll();
        agrees();

        List<Patient> all = List.copyOf(children.keySet());
        children.get(all.get(0)).forEach(dose -> dose.setStatus(ImmunizationStatus.ENTEREDINERROR));
        all.get(1).setDeceased(new DateTimeType("1995-11-01"));
        all.get(2).setActive(false);
        Immunization copied = some.aDose(all.get(3), "RR", "2");
        copied.setOccurrence(new DateTimeType("1996-02-01")).setPrimarySource(false);
        children.get(all.get(3)).add(copied);
        sendAll();
        agrees();
    }

    /** Whatever other tests have sent: who was born on that day is old enough for no dose. */
    @Test
    void saysNothingOfTheCoverageOfChildrenWhoAreTooYoung() {
        String born = LocalDate.now(ZoneOffset.UTC).minusMonths(2).toString();
        addChild();
        Patient child = children.keySet().iterator().next();
        child.setDeceased(null).setActive(true).setBirthDateElement(new DateType(born));
        child.getAddress().clear();
        child.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, "ML010102", null));
        sendAll();

        String period = "periodStart=" + born + "&periodEnd=" + born + "&subject=2015%7CML010102";
        List<Map<String, String>> rows =
                Strata.rows(exchange.get("Measure/ml-epi-coverage-by-cohort/$rates?" + period, "Accept", "text/csv")
                        .hasStatus(200)
                        .body());

        assertThat(rows).hasSize(SCHEDULE.size()).allSatisfy(row -> {
            assertThat(Long.parseLong(row.get("children"))).isPositive();
            assertThat(row)
                    .containsEntry("old_enough", "0")
                    .containsEntry("vaccinated", "0")
                    .containsEntry("coverage_percent", "");
        });
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("");
        for (int column = 0; column < 4; column++) {
            int each = column;
            assertThat(recount.values()).anyMatch(counts -> counts.get(each) > 0);
        }
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML010102", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("coverage of %s", place).isEqualTo(recount(place));
        }
        shareAgrees();
        dropOutAgrees();
    }

    /** In a cercle of which a population is known, and in a commune of which none is. */
    private void shareAgrees() {
        Map<String, List<Long>> recount = new TreeMap<>();
        recount("ML0101").forEach((key, counts) -> Strata.add(recount, key.split("/")[0], counts));
        List<Map<String, String>> rows = rates("ml-epi-coverage-by-cohort", "2015|ML01", "cercle").stream()
                .filter(row -> row.get("place").equals("ML0101"))
                .toList();
        assertThat(rows).extracting(row -> row.get("dose")).containsExactlyInAnyOrderElementsOf(recount.keySet());
        for (Map<String, String> row : rows) {
            List<Long> counts = recount.get(row.get("dose"));
            assertThat(row)
                    .containsEntry("coverage_percent", percent(counts.get(2), counts.get(1)))
                    .containsEntry("old_enough", counts.get(1).toString())
                    .containsEntry("inhabitants", Long.toString(KAYES_CERCLE))
                    .containsEntry("population_certain", "no")
                    .containsEntry(
                            "children_per_1000_a_year",
                            new BigDecimal("365.25")
                                    .multiply(BigDecimal.valueOf(1000 * counts.get(0)))
                                    .divide(BigDecimal.valueOf(30 * KAYES_CERCLE), 2, RoundingMode.HALF_UP)
                                    .toString());
        }
        assertThat(rates("ml-epi-coverage-by-cohort", "2015|ML010101", ""))
                .hasSize(SCHEDULE.size())
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("inhabitants", "")
                        .containsEntry("population_certain", "")
                        .containsEntry("children_per_1000_a_year", ""));
    }

    private void dropOutAgrees() {
        long born = 0;
        long first = 0;
        long third = 0;
        long dropped = 0;
        long none = 0;
        for (Map.Entry<Patient, List<Immunization>> each : children.entrySet()) {
            LocalDate birth = counted(each.getKey(), 1);
            if (birth == null) {
                continue;
            }
            List<Immunization> given = inTime(each.getValue(), "PENTA", birth.plusYears(1));
            boolean unread =
                    !inTime(each.getValue(), "unknown", birth.plusYears(1)).isEmpty();
            boolean has = given.stream()
                    .anyMatch(dose -> SomeVaccinations.rankOf(dose).matches("[3-9]"));
            born++;
            first += one(!given.isEmpty());
            third += one(has);
            dropped += one(!given.isEmpty() && !has);
            none += one(given.isEmpty() && !unread);
        }
        assertThat(dropped).isPositive();
        assertThat(none).isPositive();
        Map<String, String> row = rates("ml-epi-cohort", "2015|ML", "").get(0);
        assertThat(row)
                .containsEntry("children", Long.toString(born))
                .containsEntry("penta1_percent", percent(first, born))
                .containsEntry("penta3_percent", percent(third, born))
                .containsEntry("drop_out_percent", percent(dropped, first))
                .containsEntry("zero_dose_percent", percent(none, born));
    }

    private static String percent(long part, long whole) {
        return BigDecimal.valueOf(100 * part)
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                .toString();
    }

    private Map<String, List<Long>> recount(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Map.Entry<Patient, List<Immunization>> each : children.entrySet()) {
            Patient child = each.getKey();
            String commune = child.hasAddress()
                    ? ((Coding) child.getAddressFirstRep()
                                    .getExtensionFirstRep()
                                    .getValue())
                            .getCode()
                    : "";
            for (Due due : SCHEDULE) {
                LocalDate born = counted(child, due.birthday());
                if (born == null || !commune.startsWith(place)) {
                    continue;
                }
                List<Immunization> given = inTime(each.getValue(), due.vaccine(), born.plusYears(due.birthday()));
                boolean unnumbered = given.stream().anyMatch(dose -> !isNumbered(dose));
                boolean vaccinated = given.stream()
                        .anyMatch(dose -> isNumbered(dose)
                                ? Integer.parseInt(SomeVaccinations.rankOf(dose)) >= due.number()
                                : due.number() == 1);
                Strata.add(
                        figures,
                        due.dose() + "/" + child.getGender().toCode() + "/" + residenceOf(child),
                        List.of(1L, 1L, one(vaccinated), one(!vaccinated && unnumbered)));
            }
        }
        return figures;
    }

    private static boolean isNumbered(Immunization dose) {
        return SomeVaccinations.rankOf(dose).matches("\\d+");
    }

    private static List<Immunization> inTime(List<Immunization> doses, String vaccine, LocalDate until) {
        return doses.stream()
                .filter(dose -> dose.getStatus() == ImmunizationStatus.COMPLETED)
                .filter(dose -> SomeVaccinations.vaccineOf(dose).equals(vaccine))
                .filter(dose -> {
                    String day = dose.getOccurrenceDateTimeType().getValueAsString();
                    return day.length() < 10 || LocalDate.parse(day).isBefore(until);
                })
                .toList();
    }

    /** When the child was born, if it counts by that birthday. */
    private static LocalDate counted(Patient child, int birthday) {
        String text = child.getBirthDateElement().getValueAsString();
        LocalDate born = LocalDate.parse(text.length() == 7 ? text + "-15" : text);
        if (born.isBefore(FIRST) || born.isAfter(LAST) || child.hasActive() && !child.getActive()) {
            return null;
        }
        if (child.getDeceased() instanceof BooleanType died && died.booleanValue()) {
            return null;
        }
        if (child.getDeceased() instanceof DateTimeType died) {
            String day = died.getValueAsString();
            LocalDate last = day.length() == 4
                    ? LocalDate.parse(day + "-12-31")
                    : day.length() == 7 ? YearMonth.parse(day).atEndOfMonth() : LocalDate.parse(day);
            return last.isBefore(born.plusYears(birthday)) ? null : born;
        }
        return born;
    }

    private static String residenceOf(Patient child) {
        return child.hasExtension()
                ? ((CodeableConcept) child.getExtension().get(0).getValue())
                        .getCodingFirstRep()
                        .getCode()
                : "unknown";
    }

    private void addChild() {
        Patient child = aPerson(
                oneOf(List.of("ML010101", "ML010102", "ML010201", "ML020101", "")),
                oneOf(List.of("male", "female")),
                oneOf(List.of("1994-06", "1994-06-01", "1994-06-12", "1994-06-30", "1994-05-31", "1994-07-01")),
                oneOf(List.of("", "internally-displaced")));
        switch (random.nextInt(8)) {
            case 0 -> child.setDeceased(new DateTimeType(oneOf(List.of("1994", "1995", "1996-01-05", "1999-12"))));
            case 1 -> child.setDeceased(new BooleanType(random.nextBoolean()));
            default -> {}
        }
        List<Immunization> doses = new ArrayList<>();
        for (int number = random.nextInt(7); number > 0; number--) {
            Immunization dose = some.aDose(
                    child,
                    oneOf(List.of("PENTA", "PENTA", "VPO", "BCG", "RR", "RR", "VAA", "")),
                    oneOf(List.of("0", "1", "2", "3", "4", "rappel", "")));
            dose.setOccurrence(new DateTimeType(oneOf(List.of(
                    "1994-09-01", "1995-05-30", "1995-06-20", "1995-12-01", "1996-06-20", "1997-08-01", "1996"))));
            doses.add(dose);
        }
        children.put(child, doses);
    }

    private void sendAll() {
        Bundle bundle = transaction();
        children.forEach((child, doses) -> {
            bundle.addEntry(putting(child));
            doses.forEach(dose -> bundle.addEntry(putting(dose)));
        });
        exchange.post(bundle, facility).hasStatus(200);
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get(
                        "Measure/ml-epi-coverage-by-cohort/$evaluate-measure?" + asked(subject, level))
                .hasStatus(200)
                .as(MeasureReport.class);
        return Strata.of(report, "sex", "residence_status");
    }

    private List<Map<String, String>> rates(String measure, String subject, String level) {
        return Strata.rows(exchange.get("Measure/" + measure + "/$rates?" + asked(subject, level), "Accept", "text/csv")
                .hasStatus(200)
                .body());
    }

    private static String asked(String subject, String level) {
        return "periodStart=" + FIRST + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                + (level.isEmpty() ? "" : "&level=" + level);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
