package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * Cases as sites would record them, in every form that a count has to bear: with and without each of their days, by the
 * hour and by the month, notified late or never, refuted, of no notifiable disease, of the dead and of the unborn. The
 * same at every run but for the ids.
 */
final class SomeCases {

    static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    static final String DIVISION_2023 = Cases.BASE + "/CodeSystem/ml-administrative-division-2023";

    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final Map<String, String> DISEASES =
            Map.of("cholera", "A00.9", "measles", "B05.9", "malaria", "B54", "rubella", "B06.9");
    private static final List<String> CLASSES = List.of("", "suspected", "probable", "confirmed", "discarded");
    /** Two communes of one cercle, one of another, one of another region, and nowhere. */
    private static final List<String> COMMUNES = List.of("ML010101", "ML010102", "ML010201", "ML020101", "");

    private static final List<String> BIRTHS = List.of(
            "",
            "1980",
            "2004",
            "2004-06",
            "2004-05",
            "2004-06-03",
            "2003-06-02",
            "2001-02-28",
            "1991-01-01",
            "1989-06-01");
    private static final List<String> RESIDENCES =
            List.of("", "resident", "internally-displaced", "returnee", "refugee", "nomadic");

    private final Random random = new Random(20040531);
    private final LocalDate monday;

    /** @param monday of the week in and around which everything happens */
    SomeCases(LocalDate monday) {
        this.monday = monday;
    }

    Bundle delivery() {
        Bundle bundle = transaction();
        for (int number = 0; number < 25; number++) {
            // From two days before the week to two days after it.
            LocalDate day = monday.plusDays(random.nextInt(11) - 2L);
            Patient person = person(day);
            bundle.addEntry(putting(person));
            Condition found = aCase(
                    person,
                    oneOf(List.copyOf(DISEASES.keySet()).stream().sorted().toList()),
                    "",
                    "");
            code(found);
            bundle.addEntry(putting(found));
            date(found, day, bundle);
            // Without either of these days a case may not be classified.
            if (found.hasOnset() || found.hasRecordedDate()) {
                Cases.classify(found, oneOf(CLASSES));
            }
            String verification = oneOf(List.of("", "", "", "provisional", "confirmed", "refuted"));
            if (!verification.isEmpty()) {
                verify(found, verification);
            }
        }
        return bundle;
    }

    static void verify(Condition found, String status) {
        found.setVerificationStatus(new CodeableConcept(new Coding(VERIFICATION, status, null)));
    }

    private Patient person(LocalDate day) {
        Patient person = aPerson(
                oneOf(COMMUNES),
                oneOf(List.of("male", "female", "other", "unknown", "")),
                oneOf(BIRTHS),
                oneOf(RESIDENCES));
        if (!person.hasAddress() && random.nextBoolean()) {
            // As much as is known: a cercle, a region, or one of after the reform.
            switch (random.nextInt(3)) {
                case 0 -> lives(person, "cercle", new Coding(Cases.DIVISION_2015, "ML0101", null));
                case 1 -> lives(person, "region", new Coding(Cases.DIVISION_2015, "ML02", null));
                default -> lives(person, "region", new Coding(DIVISION_2023, "01", null));
            }
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                person.setDeceased(
                        new DateTimeType(day.plusDays(random.nextInt(60) - 5L).toString()));
            case 3 ->
                person.setDeceased(new DateTimeType(oneOf(List.of("2003", "2004", "2004-05", "2004-06", "2004-09"))));
            case 4 -> person.setDeceased(new BooleanType(true));
            case 5 -> person.setDeceased(new BooleanType(false));
            default -> {}
        }
        return person;
    }

    private static void lives(Patient person, String level, Coding place) {
        person.addAddress().addExtension(Cases.BASE + "/StructureDefinition/ml-ext-" + level, place);
    }

    /** With what hospitals write beside it, or in place of it. */
    private void code(Condition found) {
        Coding disease = found.getCode().getCodingFirstRep();
        Coding icd = new Coding(ICD_10, DISEASES.get(disease.getCode()), null);
        switch (random.nextInt(12)) {
            case 0 -> found.setCode(new CodeableConcept(icd));
            case 1 -> found.setCode(new CodeableConcept(icd).addCoding(disease));
            default -> {}
        }
    }

    /** Of the days that a case may have some are missing, and those that are there differ. */
    private void date(Condition found, LocalDate day, Bundle bundle) {
        switch (random.nextInt(14)) {
            case 0 -> found.setRecordedDateElement(new DateTimeType(day.toString()));
            case 1 -> {
                // A month is no day: what was recorded counts.
                found.setOnset(new DateTimeType(day.toString().substring(0, 7)));
                found.setRecordedDateElement(new DateTimeType(day.plusDays(2).toString()));
            }
            case 2 -> found.addExtension(Cases.NOTIFICATION, new DateTimeType(day.toString()));
            case 3 -> seen(found, day, bundle);
            // Nothing at all: it is counted in the week in which it arrives.
            case 4 -> {}
            // In Mali it is two hours later.
            case 5 -> found.setOnset(new DateTimeType(day + "T23:30:00-02:00"));
            case 6 -> {
                found.setOnset(new DateTimeType(day.toString()));
                found.setRecordedDateElement(new DateTimeType(day.plusDays(5).toString()));
                seen(found, day.plusDays(4), bundle);
            }
            default -> found.setOnset(new DateTimeType(day.toString()));
        }
        if (!found.hasExtension() && random.nextInt(4) > 0) {
            String notified = day.plusDays(random.nextInt(8) - 1L).toString();
            found.addExtension(
                    Cases.NOTIFICATION,
                    new DateTimeType(random.nextInt(5) == 0 ? notified + "T22:15:00-03:00" : notified));
        }
    }

    private static void seen(Condition found, LocalDate day, Bundle bundle) {
        Encounter visit = new Encounter();
        visit.setId(UUID.randomUUID().toString());
        visit.setStatus(EncounterStatus.FINISHED);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.setSubject(found.getSubject());
        visit.getPeriod().setStartElement(new DateTimeType(day.toString()));
        bundle.addEntry(putting(visit));
        found.setEncounter(new Reference("Encounter/" + visit.getIdElement().getIdPart()));
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
