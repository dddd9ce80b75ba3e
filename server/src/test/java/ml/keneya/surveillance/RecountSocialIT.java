package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Contacts by coverage counted a second time, from the records as they were sent, by plain Java that knows nothing of
 * views or of the statements. No other test has contacts in the period.
 */
@KeneyaIntegrationTest
class RecountSocialIT {

    private static final LocalDate FIRST = LocalDate.parse("1999-04-05");
    private static final LocalDate LAST = LocalDate.parse("1999-04-11");
    private static final String TYPE = Cases.BASE + "/CodeSystem/ml-coverage-type";

    @Autowired
    Exchange exchange;

    private final Random random = new Random(19990405);
    private final Map<String, Resource> sent = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    @DisplayName("Contacts by coverage, sex, age and residence agree with a recount whatever happens to the records")
    void agreesWithTheReport() {
        Bundle first = contacts();
        send(first);
        agrees();

        // Sent again because the answer was lost.
        send(first);
        agrees();

        List<Encounter> visits = all(Encounter.class);
        visits.get(0).setStatus(EncounterStatus.ENTEREDINERROR);
        visits.get(1)
                .getPeriod()
                .setStartElement(new DateTimeType(LAST.plusDays(1).toString()));
        Coverage ended = all(Coverage.class).get(0);
        ended.setStatus(CoverageStatus.CANCELLED);
        Patient moved = all(Patient.class).get(2);
        moved.getAddress().clear();
        String deleted = "Encounter/" + visits.get(3).getIdElement().getIdPart();
        send(transaction(
                putting(visits.get(0)), putting(visits.get(1)), putting(ended), putting(moved), deleting(deleted)));
        sent.remove(deleted);
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("");
        assertThat(recount.keySet())
                .anyMatch(key -> key.startsWith("unknown/"))
                .anyMatch(key -> key.startsWith("AMO+MUTUELLE/"))
                .anyMatch(key -> key.endsWith("/internally-displaced"));
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        assertThat(figures("health|" + facility, "")).isEqualTo(recount);
        // What lies below a place sums to the place, at every level.
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        for (String place : List.of("ML01", "ML0101", "ML020101")) {
            assertThat(figures("2015|" + place, "")).isNotEmpty().isEqualTo(recount(place));
        }
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get("Measure/ml-social-consultations/$evaluate-measure?periodStart=" + FIRST
                        + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                        + (level.isEmpty() ? "" : "&level=" + level))
                .hasStatus(200)
                .as(MeasureReport.class);
        Map<String, List<Long>> figures = new TreeMap<>();
        report.getGroupFirstRep().getStratifierFirstRep().getStratum().forEach(stratum -> {
            Map<String, String> told = new TreeMap<>();
            stratum.getComponent()
                    .forEach(each ->
                            told.put(each.getCode().getText(), each.getValue().getText()));
            add(
                    figures,
                    String.join(
                            "/",
                            told.get("coverage"),
                            told.get("sex"),
                            told.get("age_group"),
                            told.get("residence_status")),
                    stratum.getPopulation().stream()
                            .map(each -> (long) each.getCount())
                            .toList());
        });
        return figures;
    }

    private Map<String, List<Long>> recount(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Encounter visit : all(Encounter.class)) {
            LocalDate day = LocalDate.parse(visit.getPeriod().getStartElement().getValueAsString());
            Patient person = (Patient) sent.get(visit.getSubject().getReference());
            String commune = person.hasAddress()
                    ? ((Coding) person.getAddressFirstRep()
                                    .getExtensionFirstRep()
                                    .getValue())
                            .getCode()
                    : "";
            if (visit.getStatus() != EncounterStatus.FINISHED && visit.getStatus() != EncounterStatus.INPROGRESS
                    || day.isBefore(FIRST)
                    || day.isAfter(LAST)
                    || !commune.startsWith(place)) {
                continue;
            }
            TreeSet<String> schemes = new TreeSet<>();
            for (Coverage coverage : all(Coverage.class)) {
                if (coverage.getBeneficiary()
                                .getReference()
                                .equals(visit.getSubject().getReference())
                        && coverage.getStatus() == CoverageStatus.ACTIVE
                        && (!coverage.getPeriod().hasStart()
                                || !LocalDate.parse(coverage.getPeriod()
                                                .getStartElement()
                                                .getValueAsString())
                                        .isAfter(day))
                        && (!coverage.getPeriod().hasEnd()
                                || !LocalDate.parse(coverage.getPeriod()
                                                .getEndElement()
                                                .getValueAsString())
                                        .isBefore(day))) {
                    schemes.add(coverage.getType().getCodingFirstRep().getCode());
                }
            }
            String residence = person.hasExtension(Cases.RESIDENCE)
                    ? ((CodeableConcept)
                                    person.getExtensionByUrl(Cases.RESIDENCE).getValue())
                            .getCodingFirstRep()
                            .getCode()
                    : "unknown";
            add(
                    figures,
                    String.join(
                            "/",
                            schemes.isEmpty() ? "unknown" : String.join("+", schemes),
                            person.getGender().toCode(),
                            ageGroup(person, day),
                            residence),
                    List.of(1L, schemes.isEmpty() ? 0L : 1L, 0L));
        }
        return figures;
    }

    private static String ageGroup(Patient person, LocalDate day) {
        if (!person.hasBirthDate()) {
            return "unknown";
        }
        LocalDate born = LocalDate.parse(person.getBirthDateElement().getValueAsString());
        if (born.isAfter(day)) {
            return "unknown";
        }
        int years = Period.between(born, day).getYears();
        return years < 1 ? "0-11m" : years < 5 ? "1-4y" : years < 15 ? "5-14y" : "15y+";
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

    private Bundle contacts() {
        Bundle bundle = transaction();
        for (int number = 0; number < 60; number++) {
            Patient person = aPerson(
                    oneOf(List.of("ML010101", "ML010201", "ML020101", "")),
                    oneOf(List.of("male", "female")),
                    oneOf(List.of("", "1998-10-01", "1996-01-01", "1990-04-08", "1970-01-01", "1999-04-20")),
                    oneOf(List.of("", "resident", "internally-displaced")));
            bundle.addEntry(putting(person));
            for (String scheme : List.of("AMO", "MUTUELLE")) {
                if (random.nextBoolean()) {
                    bundle.addEntry(putting(aCoverage(person, scheme)));
                }
            }
            bundle.addEntry(putting(aVisit(person)));
        }
        return bundle;
    }

    private Coverage aCoverage(Patient person, String scheme) {
        Coverage coverage = new Coverage();
        coverage.setId(UUID.randomUUID().toString());
        coverage.setStatus(CoverageStatus.ACTIVE);
        coverage.getType().addCoding().setSystem(TYPE).setCode(scheme);
        coverage.setBeneficiary(new Reference("Patient/" + person.getIdElement().getIdPart()));
        coverage.addPayor().setDisplay("CANAM");
        coverage.setSubscriberId(unique("assure"));
        if (random.nextBoolean()) {
            coverage.getPeriod()
                    .setStartElement(new DateTimeType(
                            oneOf(List.of("1998-01-01", FIRST.plusDays(3).toString()))));
        }
        if (random.nextInt(3) == 0) {
            coverage.getPeriod()
                    .setEndElement(
                            new DateTimeType(oneOf(List.of(FIRST.plusDays(4).toString(), "2030-01-01"))));
        }
        return coverage;
    }

    private Encounter aVisit(Patient person) {
        Encounter visit = new Encounter();
        visit.setId(UUID.randomUUID().toString());
        visit.setStatus(oneOf(List.of(
                EncounterStatus.FINISHED,
                EncounterStatus.FINISHED,
                EncounterStatus.INPROGRESS,
                EncounterStatus.CANCELLED)));
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode(oneOf(List.of("AMB", "IMP", "VR")));
        visit.setSubject(new Reference("Patient/" + person.getIdElement().getIdPart()));
        visit.getPeriod()
                .setStartElement(
                        new DateTimeType(FIRST.plusDays(random.nextInt(9) - 1L).toString()));
        return visit;
    }

    private void send(Bundle bundle) {
        exchange.post(bundle, facility).hasStatus(200);
        bundle.getEntry().forEach(entry -> {
            if (entry.hasResource()) {
                Resource resource = entry.getResource();
                sent.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
            }
        });
    }

    private <T extends Resource> List<T> all(Class<T> type) {
        return sent.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
