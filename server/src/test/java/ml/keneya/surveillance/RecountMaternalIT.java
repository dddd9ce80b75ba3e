package ml.keneya.surveillance;

import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Contacts of pregnancy, deliveries, births and weights counted a second time, from the records as they were sent, by
 * plain Java. No other test has such records in that month.
 */
@KeneyaIntegrationTest
class RecountMaternalIT {

    private static final LocalDate FIRST = LocalDate.parse("1993-03-01");
    private static final LocalDate LAST = LocalDate.parse("1993-03-31");

    @Autowired
    Exchange exchange;

    private final SomePregnancies some = new SomePregnancies(FIRST);
    private final Map<String, Resource> sent = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    void agreesWhateverHappensToTheRecords() {
        for (int number = 0; number < 30; number++) {
            send(some.pregnancy());
        }
        agrees();

        List<Encounter> contacts = all(Encounter.class);
        // An early contact that comes late moves the ranks of those after it; another never was.
        Encounter first = contacts.stream()
                .filter(each -> each.hasEpisodeOfCare()
                        && each.getType().get(0).getCodingFirstRep().getCode().equals("antenatal"))
                .findFirst()
                .orElseThrow();
        Encounter early = first.copy();
        early.setId(UUID.randomUUID().toString());
        early.getPeriod().setStartElement(new DateTimeType("1992-11-01"));
        contacts.get(2).setStatus(EncounterStatus.ENTEREDINERROR);
        Procedure moved = all(Procedure.class).get(0);
        moved.setPerformed(new DateTimeType(LAST.plusDays(1).toString()));
        String deleted =
                "Observation/" + all(Observation.class).get(0).getIdElement().getIdPart();
        send(transaction(putting(early), putting(contacts.get(2)), putting(moved), deleting(deleted)));
        sent.remove(deleted);
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("");
        for (String group : List.of("antenatal", "delivery", "birth", "postnatal", "birth-weight")) {
            assertThat(recount.keySet()).anyMatch(key -> key.startsWith(group + "/"));
        }
        for (int column = 0; column < 5; column++) {
            int each = column;
            assertThat(recount.entrySet())
                    .anyMatch(entry -> entry.getKey().startsWith("antenatal/")
                            && entry.getValue().get(each) > 0);
        }
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        assertThat(figures("health|" + facility, "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("figures of %s", place).isEqualTo(recount(place));
        }
        Map<String, List<Long>> totals = new TreeMap<>();
        recount.forEach((key, counts) -> Strata.add(totals, key.split("/")[0], counts));
        String csv = exchange.get("Measure/ml-maternal/$rates?" + asked("2015|ML", ""))
                .hasStatus(200)
                .body();
        assertThat(Strata.rows(csv))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry(
                                "antenatal_contacts",
                                totals.get("antenatal").get(0).toString())
                        .containsEntry(
                                "fourth_contacts",
                                totals.get("antenatal").get(2).toString())
                        .containsEntry(
                                "deliveries", totals.get("delivery").get(0).toString())
                        .containsEntry(
                                "births_weighed",
                                totals.get("birth-weight").get(0).toString()));
    }

    private Map<String, List<Long>> recount(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Encounter contact : all(Encounter.class)) {
            String type = contact.getTypeFirstRep().getCodingFirstRep().getCode();
            if (!happened(contact) || !within(dayOf(contact))) {
                continue;
            }
            long rank = contact.hasEpisodeOfCare() ? rank(contact) : 0;
            add(
                    figures,
                    place,
                    type,
                    contact.getSubject(),
                    dayOf(contact),
                    type.equals("postnatal")
                            ? List.of(1L, 0L)
                            : List.of(1L, one(rank == 1), one(rank == 4), one(rank > 4), one(rank == 0), 0L));
        }
        for (Procedure delivery : all(Procedure.class)) {
            LocalDate day = LocalDate.parse(
                    delivery.getPerformed() instanceof DateTimeType at
                            ? at.getValueAsString()
                            : delivery.getPerformedPeriod().getStartElement().getValueAsString());
            if (delivery.getStatus() != ProcedureStatus.COMPLETED || !within(day)) {
                continue;
            }
            String mode = delivery.getCode().hasCoding()
                    ? delivery.getCode().getCodingFirstRep().getCode()
                    : "";
            add(
                    figures,
                    place,
                    "delivery",
                    delivery.getSubject(),
                    day,
                    List.of(
                            1L,
                            one(mode.endsWith("caesarean")),
                            one(mode.isEmpty()),
                            one(delivery.hasPerformer()),
                            0L));
        }
        Map<String, Observation> weights = new TreeMap<>();
        for (Observation found : all(Observation.class)) {
            if (found.getStatus() == ObservationStatus.ENTEREDINERROR) {
                continue;
            }
            LocalDate day = dayOf(found);
            if (found.hasValueQuantity()) {
                weights.merge(
                        found.getSubject().getReference(),
                        found,
                        (one, other) -> Comparator.comparing((Observation each) -> !isReadable(each))
                                                .thenComparing(RecountMaternalIT::dayOf)
                                                .thenComparing(each ->
                                                        each.getIdElement().getIdPart())
                                                .compare(one, other)
                                        < 0
                                ? one
                                : other);
            } else if (within(day)) {
                String outcome =
                        found.getValueCodeableConcept().getCodingFirstRep().getCode();
                add(
                        figures,
                        place,
                        "birth",
                        found.getSubject(),
                        day,
                        List.of(
                                1L,
                                one(!outcome.endsWith("stillbirth")),
                                one(outcome.endsWith("stillbirth")),
                                one(outcome.equals("early-neonatal-death")),
                                0L));
            }
        }
        for (Observation weight : weights.values()) {
            if (!within(dayOf(weight))) {
                continue;
            }
            BigDecimal value = weight.getValueQuantity().getValue();
            double grams = !isReadable(weight)
                    ? -1
                    : weight.getValueQuantity().getCode().equals("g")
                            ? value.doubleValue()
                            : value.doubleValue() * 1000;
            add(
                    figures,
                    place,
                    "birth-weight",
                    weight.getSubject(),
                    dayOf(weight),
                    List.of(1L, one(grams >= 0 && grams < 2500), one(grams >= 0 && grams < 1500), one(grams < 0), 0L));
        }
        return figures;
    }

    private static boolean isReadable(Observation weight) {
        return List.of("g", "kg")
                .contains(String.valueOf(weight.getValueQuantity().getCode()));
    }

    private long rank(Encounter contact) {
        String episode = contact.getEpisodeOfCareFirstRep().getReference();
        return all(Encounter.class).stream()
                .filter(each -> happened(each)
                        && each.getTypeFirstRep().getCodingFirstRep().getCode().equals("antenatal")
                        && each.getEpisodeOfCareFirstRep().getReference() != null
                        && each.getEpisodeOfCareFirstRep().getReference().equals(episode)
                        && (dayOf(each).isBefore(dayOf(contact))
                                || dayOf(each).equals(dayOf(contact))
                                        && each.getIdElement()
                                                        .getIdPart()
                                                        .compareTo(contact.getIdElement()
                                                                .getIdPart())
                                                <= 0))
                .count();
    }

    private static boolean happened(Encounter contact) {
        return contact.getStatus() == EncounterStatus.FINISHED || contact.getStatus() == EncounterStatus.INPROGRESS;
    }

    private static LocalDate dayOf(Encounter contact) {
        return LocalDate.parse(contact.getPeriod().getStartElement().getValueAsString());
    }

    private static LocalDate dayOf(Observation found) {
        return LocalDate.parse(found.getEffectiveDateTimeType().getValueAsString());
    }

    private static boolean within(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    private void add(
            Map<String, List<Long>> figures,
            String place,
            String group,
            Reference subject,
            LocalDate day,
            List<Long> counts) {
        Patient person = (Patient) sent.get(subject.getReference());
        String commune = person.hasAddress()
                ? ((Coding) person.getAddressFirstRep().getExtensionFirstRep().getValue()).getCode()
                : "";
        if (!commune.startsWith(place)) {
            return;
        }
        String residence = person.hasExtension(Cases.RESIDENCE)
                ? ((CodeableConcept) person.getExtensionByUrl(Cases.RESIDENCE).getValue())
                        .getCodingFirstRep()
                        .getCode()
                : "unknown";
        Strata.add(figures, group + "/" + ageGroup(person, day) + "/" + residence, counts);
    }

    private static String ageGroup(Patient person, LocalDate day) {
        LocalDate born = LocalDate.parse(person.getBirthDateElement().getValueAsString());
        if (born.isAfter(day)) {
            return "unknown";
        }
        int years = Period.between(born, day).getYears();
        return years < 1
                ? "0-11m"
                : years < 10 ? "1-9y" : years < 15 ? "10-14y" : years < 20 ? "15-19y" : years < 35 ? "20-34y" : "35y+";
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get("Measure/ml-maternal/$evaluate-measure?" + asked(subject, level))
                .hasStatus(200)
                .as(MeasureReport.class);
        return Strata.of(report, "age_group", "residence_status");
    }

    private static String asked(String subject, String level) {
        return "periodStart=" + FIRST + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                + (level.isEmpty() ? "" : "&level=" + level);
    }

    private <T extends Resource> List<T> all(Class<T> type) {
        return new ArrayList<>(
                sent.values().stream().filter(type::isInstance).map(type::cast).toList());
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
}
