package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every figure of vaccination counted a second time, from the records as they were sent, by plain Java that knows
 * nothing of views or of the statements. The periods are long past, so that no other test has doses or births in them.
 */
@KeneyaIntegrationTest
class RecountVaccinationsIT {

    private static final LocalDate FIRST = LocalDate.parse("1997-05-26");
    private static final LocalDate LAST = LocalDate.parse("1997-06-01");
    private static final LocalDate BORN_FIRST = LocalDate.parse("1996-06-15");
    private static final LocalDate BORN_LAST = LocalDate.parse("1996-07-10");

    @Autowired
    Exchange exchange;

    private final SomeVaccinations some = new SomeVaccinations(FIRST);
    private final Map<String, Resource> sent = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    void agreesWithTheDosesWhateverHappensToThem() {
        Bundle first = some.doses();
        send(first);
        send(some.doses());
        dosesAgree();

        // Sent again because the answer was lost.
        send(first);
        dosesAgree();

        List<Immunization> all = all(Immunization.class);
        Immunization copied = all.get(0);
        copied.setPrimarySource(false).setStatus(ImmunizationStatus.COMPLETED);
        copied.setOccurrence(new DateTimeType(FIRST.toString()));
        Immunization mistaken = all.get(1);
        mistaken.setStatus(ImmunizationStatus.ENTEREDINERROR);
        Immunization moved = all.get(2);
        moved.setOccurrence(new DateTimeType(LAST.plusDays(1).toString()));
        Patient elsewhere = (Patient) sent.get(all.get(3).getPatient().getReference());
        elsewhere.getAddress().clear();
        String deleted = "Immunization/" + all.get(4).getIdElement().getIdPart();
        send(transaction(putting(copied), putting(mistaken), putting(moved), putting(elsewhere), deleting(deleted)));
        sent.remove(deleted);
        dosesAgree();
    }

    @Test
    void countsADoseWithoutADayWhenItArrives() {
        Patient child = aPerson("", "female", "2025-06-01", "");
        Immunization undated = some.aDose(child, "BCG", "1");
        undated.setOccurrence(new StringType("à la naissance")).setPrimarySource(false);
        send(transaction(putting(child), putting(undated)));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        MeasureReport report =
                evaluate("ml-epi-doses", "health|" + facility, "", today.minusDays(1), today.plusDays(1));

        assertThat(totals(report, "BCG")).containsExactly(0L, 1L, 0L, 1L, 0L);
        // Nobody said that there was no dose of the others.
        assertThat(report.getGroup())
                .filteredOn(group -> !codeOf(group.getCode()).equals("BCG"))
                .isNotEmpty()
                .allSatisfy(group -> assertThat(
                                group.getPopulationFirstRep().getCountElement().hasValue())
                        .isFalse());
    }

    @Test
    void agreesWithTheCohortWhateverHappensToTheChildren() {
        Organization centre = new Organization().setName("CSCom");
        centre.setId(UUID.randomUUID().toString());
        String code = unique("cscom");
        centre.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(code);
        send(transaction(putting(centre)));
        send(some.children(centre));
        send(some.children(centre));
        cohortAgrees(code);

        List<Patient> all = all(Patient.class);
        // A dose of long ago comes to light, one is withdrawn, a child dies, a record is set aside.
        Immunization late = some.aDose(all.get(0), "PENTA", "1");
        late.setOccurrence(new DateTimeType("1996-10-01"));
        Immunization withdrawn = all(Immunization.class).get(0);
        withdrawn.setStatus(ImmunizationStatus.ENTEREDINERROR);
        all.get(1).setDeceased(new DateTimeType("1996-12-01"));
        all.get(2).setActive(false);
        send(transaction(putting(late), putting(withdrawn), putting(all.get(1)), putting(all.get(2))));
        cohortAgrees(code);
    }

    @Test
    void doesNotCallAnInfantZeroDose() {
        Patient infant = aPerson(
                "ML080301", "male", LocalDate.now(ZoneOffset.UTC).minusDays(40).toString(), "");
        send(transaction(putting(infant)));
        LocalDate born = LocalDate.parse(infant.getBirthDateElement().getValueAsString());

        MeasureReport report = evaluate("ml-epi-cohort", "2015|ML080301", "", born, born);

        assertThat(totals(report, "PENTA")).containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    private void dosesAgree() {
        Map<String, List<Long>> recount = recountDoses("");
        assertThat(recount).isNotEmpty();
        assertThat(recount.keySet()).anyMatch(key -> key.startsWith("unknown/"));
        for (int column : List.of(0, 1, 2, 4)) {
            assertThat(recount.values()).anyMatch(counts -> counts.get(column) > 0);
        }
        assertThat(doses("2015|ML", "")).isEqualTo(recount);
        assertThat(doses("health|" + facility, "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(doses("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(doses("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML010101", "ML02")) {
            assertThat(doses("2015|" + place, "")).as("doses of %s", place).isEqualTo(recountDoses(place));
        }
    }

    private void cohortAgrees(String centre) {
        Map<String, List<Long>> recount = recountChildren("", "");
        for (int column : List.of(0, 2, 3, 4, 5, 6, 7)) {
            assertThat(recount.values()).anyMatch(counts -> counts.get(column) > 0);
        }
        assertThat(children("2015|ML", "")).isEqualTo(recount);
        assertThat(children("2023|ML", "region")).isEqualTo(recount);
        assertThat(children("2015|ML", "commune")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML010102", "ML02")) {
            assertThat(children("2015|" + place, ""))
                    .as("children of %s", place)
                    .isEqualTo(recountChildren(place, ""));
        }
        assertThat(children("health|" + centre, ""))
                .isNotEmpty()
                .isNotEqualTo(recount)
                .isEqualTo(recountChildren("", centre));
    }

    private Map<String, List<Long>> doses(String subject, String level) {
        return figures(
                evaluate("ml-epi-doses", subject, level, FIRST, LAST), List.of("dose", "age_group", "sex", "strategy"));
    }

    private Map<String, List<Long>> children(String subject, String level) {
        return figures(
                evaluate("ml-epi-cohort", subject, level, BORN_FIRST, BORN_LAST), List.of("sex", "residence_status"));
    }

    private MeasureReport evaluate(String measure, String subject, String level, LocalDate start, LocalDate end) {
        return exchange.get("Measure/" + measure + "/$evaluate-measure?periodStart=" + start + "&periodEnd=" + end
                        + "&subject=" + subject.replace("|", "%7C") + (level.isEmpty() ? "" : "&level=" + level))
                .hasStatus(200)
                .as(MeasureReport.class);
    }

    /** The counts of all strata, whatever the place, in the order of the definition. */
    private static Map<String, List<Long>> figures(MeasureReport report, List<String> names) {
        Map<String, List<Long>> figures = new TreeMap<>();
        report.getGroup()
                .forEach(group -> group.getStratifier().stream()
                        .flatMap(stratifier -> stratifier.getStratum().stream())
                        .forEach(stratum -> {
                            Map<String, String> told = new TreeMap<>();
                            stratum.getComponent()
                                    .forEach(each -> told.put(
                                            each.getCode().getText(),
                                            each.getValue().getText()));
                            List<String> key = new ArrayList<>(List.of(codeOf(group.getCode())));
                            names.forEach(name -> key.add(told.get(name)));
                            add(
                                    figures,
                                    String.join("/", key),
                                    stratum.getPopulation().stream()
                                            .map(each -> (long) each.getCount())
                                            .toList());
                        }));
        return figures;
    }

    private static List<Long> totals(MeasureReport report, String code) {
        return report.getGroup().stream()
                .filter(group -> codeOf(group.getCode()).equals(code))
                .flatMap(group -> group.getPopulation().stream())
                .map(population -> (long) population.getCount())
                .toList();
    }

    private static String codeOf(CodeableConcept group) {
        return group.hasCoding() ? group.getCodingFirstRep().getCode() : group.getText();
    }

    private Map<String, List<Long>> recountDoses(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Immunization dose : all(Immunization.class)) {
            Patient person = (Patient) sent.get(dose.getPatient().getReference());
            LocalDate day = dayOf(dose);
            if (dose.getStatus() == ImmunizationStatus.ENTEREDINERROR
                    || day == null
                    || day.isBefore(FIRST)
                    || day.isAfter(LAST)
                    || !communeOf(person).startsWith(place)) {
                continue;
            }
            boolean given = dose.getStatus() == ImmunizationStatus.COMPLETED;
            boolean said = dose.hasPrimarySource();
            add(
                    figures,
                    String.join(
                            "/",
                            SomeVaccinations.vaccineOf(dose),
                            SomeVaccinations.rankOf(dose),
                            ageGroup(person, day),
                            person.getGender().toCode(),
                            dose.hasExtension()
                                    ? ((CodeableConcept)
                                                    dose.getExtension().get(0).getValue())
                                            .getCodingFirstRep()
                                            .getCode()
                                    : "unknown"),
                    List.of(
                            given && said && dose.getPrimarySource() ? 1L : 0L,
                            given && said && !dose.getPrimarySource() ? 1L : 0L,
                            given && !said ? 1L : 0L,
                            0L,
                            given ? 0L : 1L));
        }
        return figures;
    }

    private Map<String, List<Long>> recountChildren(String place, String centre) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Patient child : all(Patient.class)) {
            LocalDate born = bornOn(child);
            if (born == null
                    || born.isBefore(BORN_FIRST)
                    || born.isAfter(BORN_LAST)
                    || (child.hasActive() && !child.getActive())
                    || child.getDeceased() instanceof BooleanType died && died.booleanValue()
                    || child.getDeceased() instanceof DateTimeType died && diedBefore(died, born.plusYears(1))
                    || !communeOf(child).startsWith(place)
                    || (!centre.isEmpty() && !child.hasManagingOrganization())) {
                continue;
            }
            List<Immunization> timely = all(Immunization.class).stream()
                    .filter(dose -> SomeVaccinations.isOf(dose, child))
                    .filter(dose -> dose.getStatus() == ImmunizationStatus.COMPLETED)
                    .filter(dose -> dayOf(dose) == null || dayOf(dose).isBefore(born.plusYears(1)))
                    .toList();
            List<Immunization> received = timely.stream()
                    .filter(dose -> SomeVaccinations.vaccineOf(dose).equals("PENTA"))
                    .toList();
            // Coded in CVX only: it may have been pentavalent, and 198 is.
            boolean unread = timely.stream()
                    .anyMatch(dose -> SomeVaccinations.vaccineOf(dose).equals("unknown"));
            boolean first = !received.isEmpty();
            boolean third = received.stream()
                    .anyMatch(dose -> SomeVaccinations.rankOf(dose).equals("3")
                            || SomeVaccinations.rankOf(dose).equals("4"));
            boolean unnumbered = received.stream()
                    .anyMatch(dose -> !List.of("0", "1", "2", "3", "4").contains(SomeVaccinations.rankOf(dose)));
            add(
                    figures,
                    String.join(
                            "/",
                            "PENTA",
                            child.getGender().toCode(),
                            child.hasExtension()
                                    ? ((CodeableConcept)
                                                    child.getExtension().get(0).getValue())
                                            .getCodingFirstRep()
                                            .getCode()
                                    : "unknown"),
                    List.of(
                            1L,
                            0L,
                            first ? 1L : 0L,
                            third ? 1L : 0L,
                            first && !third ? 1L : 0L,
                            first && !third && unnumbered ? 1L : 0L,
                            first || unread ? 0L : 1L,
                            !first && unread ? 1L : 0L));
        }
        return figures;
    }

    private static void add(Map<String, List<Long>> figures, String key, List<Long> counts) {
        figures.merge(key, counts, (one, other) -> {
            List<Long> sum = new ArrayList<>();
            for (int column = 0; column < one.size(); column++) {
                sum.add(one.get(column) + other.get(column));
            }
            return sum;
        });
    }

    /** Partial dates of doses are no days; the contact may have one. */
    private LocalDate dayOf(Immunization dose) {
        String text = dose.getOccurrence() instanceof DateTimeType given ? given.getValueAsString() : "";
        if (text.length() >= 10) {
            return LocalDate.parse(text.substring(0, 10));
        }
        return dose.hasEncounter()
                ? LocalDate.parse(((Encounter) sent.get(dose.getEncounter().getReference()))
                        .getPeriod()
                        .getStartElement()
                        .getValueAsString())
                : null;
    }

    private static boolean diedBefore(DateTimeType died, LocalDate day) {
        String said = died.getValueAsString();
        String text = said.length() == 4 ? said + "-12" : said;
        return (text.length() == 7 ? YearMonth.parse(text).atEndOfMonth() : LocalDate.parse(text)).isBefore(day);
    }

    private static String communeOf(Patient person) {
        return person.hasAddress()
                ? ((Coding) person.getAddressFirstRep().getExtensionFirstRep().getValue()).getCode()
                : "";
    }

    private static LocalDate bornOn(Patient person) {
        String text = person.hasBirthDate() ? person.getBirthDateElement().getValueAsString() : "";
        return text.isEmpty()
                ? null
                : LocalDate.parse(text.length() == 4 ? text + "-07-01" : text.length() == 7 ? text + "-15" : text);
    }

    private static String ageGroup(Patient person, LocalDate day) {
        LocalDate born = bornOn(person);
        if (born == null) {
            return "unknown";
        }
        String text = person.getBirthDateElement().getValueAsString();
        LocalDate earliest =
                LocalDate.parse(text.length() == 4 ? text + "-01-01" : text.length() == 7 ? text + "-01" : text);
        if (earliest.isAfter(day)) {
            return "unknown";
        }
        long months = born.isAfter(day) ? 0 : Period.between(born, day).toTotalMonths();
        return months < 12 ? "0-11m" : months < 24 ? "12-23m" : months < 60 ? "24-59m" : "5y+";
    }

    private <T extends Resource> List<T> all(Class<T> type) {
        return sent.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void send(Bundle bundle) {
        exchange.post(bundle, facility).hasStatus(200);
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.hasResource()) {
                Resource resource = entry.getResource();
                sent.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
            }
        }
    }
}
