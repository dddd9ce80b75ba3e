package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * Pregnancies as sites would record them, in every form that a count has to bear: with and without a follow-up, before
 * and after the month, withdrawn, with weights that nobody can read. The same at every run but for the ids.
 */
final class SomePregnancies {

    private static final String CONTACTS = Cases.BASE + "/CodeSystem/ml-contact-type";

    private final Random random = new Random(19930301);
    private final LocalDate first;

    /** @param first the first day of the month in and around which everything happens */
    SomePregnancies(LocalDate first) {
        this.first = first;
    }

    /** A pregnancy with some contacts before, around and after the month, a delivery, and a child that is weighed. */
    Bundle pregnancy() {
        Bundle bundle = transaction();
        Patient mother = aPerson(
                oneOf(List.of("ML010101", "ML010201", "ML020101", "")),
                "female",
                oneOf(List.of("1979-06-01", "1976-01-01", "1965-03-15", "1950-01-01")),
                oneOf(List.of("", "resident", "internally-displaced")));
        bundle.addEntry(putting(mother));
        // Two pregnancies, of which each has its own first contact.
        List<String> episodes = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            EpisodeOfCare episode = new EpisodeOfCare();
            episode.setId(UUID.randomUUID().toString());
            episode.setStatus(EpisodeOfCareStatus.ACTIVE).setPatient(reference(mother));
            bundle.addEntry(putting(episode));
            episodes.add("EpisodeOfCare/" + episode.getIdElement().getIdPart());
        }
        boolean followed = random.nextInt(4) > 0;
        for (int number = 5 + random.nextInt(9); number > 0; number--) {
            Encounter contact = aContact(mother, oneOf(List.of("antenatal", "antenatal", "antenatal", "postnatal")));
            if (followed) {
                contact.addEpisodeOfCare(new Reference(episodes.get(random.nextInt(5) == 0 ? 1 : 0)));
            }
            bundle.addEntry(putting(contact));
        }
        Procedure delivery = new Procedure().setSubject(reference(mother));
        delivery.setId(UUID.randomUUID().toString());
        delivery.setStatus(
                oneOf(List.of(ProcedureStatus.COMPLETED, ProcedureStatus.COMPLETED, ProcedureStatus.ENTEREDINERROR)));
        delivery.getCategory().addCoding().setSystem(CONTACTS).setCode("delivery");
        String mode = oneOf(List.of("spontaneous-vaginal", "elective-caesarean", "emergency-caesarean", ""));
        if (mode.isEmpty()) {
            delivery.getCode().setText("accouchement");
        } else {
            delivery.getCode()
                    .addCoding()
                    .setSystem(Cases.BASE + "/CodeSystem/ml-delivery-mode")
                    .setCode(mode);
        }
        String day = aDay();
        if (random.nextBoolean()) {
            delivery.setPerformed(new DateTimeType(day));
        } else {
            delivery.setPerformed(new Period().setStartElement(new DateTimeType(day)));
        }
        if (random.nextBoolean()) {
            delivery.addPerformer().getActor().setDisplay("Sage-femme");
        }
        bundle.addEntry(putting(delivery));
        Patient child = aPerson(oneOf(List.of("ML010101", "ML020101")), "male", day, "");
        bundle.addEntry(putting(child));
        Observation outcome = anObservation(mother, Cases.BASE + "/CodeSystem/ml-observation", "birth-outcome", day);
        outcome.setValue(new CodeableConcept(new Coding(
                Cases.BASE + "/CodeSystem/ml-birth-outcome",
                oneOf(List.of(
                        "live-birth",
                        "live-birth",
                        "fresh-stillbirth",
                        "macerated-stillbirth",
                        "early-neonatal-death")),
                null)));
        bundle.addEntry(putting(outcome));
        for (int number = random.nextInt(3); number > 0; number--) {
            String weighed = LocalDate.parse(day).plusDays(random.nextInt(2)).toString();
            Observation weight = anObservation(child, "http://loinc.org", "8339-4", weighed);
            Quantity quantity = new Quantity().setSystem("http://unitsofmeasure.org");
            switch (random.nextInt(4)) {
                case 0 -> quantity.setCode("kg").setUnit("kg").setValue(new BigDecimal("2.499"));
                case 1 -> quantity.setCode("g").setUnit("g").setValue(new BigDecimal("1499"));
                case 2 -> quantity.setCode("g").setUnit("g").setValue(new BigDecimal("2500"));
                default -> quantity = new Quantity().setUnit("livres").setValue(new BigDecimal("7"));
            }
            weight.setValue(quantity);
            bundle.addEntry(putting(weight));
        }
        return bundle;
    }

    private Observation anObservation(Patient person, String system, String code, String day) {
        Observation found = new Observation().setSubject(reference(person)).setEffective(new DateTimeType(day));
        found.setId(UUID.randomUUID().toString());
        found.setStatus(oneOf(List.of(
                ObservationStatus.FINAL,
                ObservationStatus.FINAL,
                ObservationStatus.AMENDED,
                ObservationStatus.ENTEREDINERROR)));
        found.getCode().addCoding().setSystem(system).setCode(code);
        return found;
    }

    private Encounter aContact(Patient person, String type) {
        Encounter contact = new Encounter().setSubject(reference(person));
        contact.setId(UUID.randomUUID().toString());
        contact.setStatus(oneOf(List.of(
                EncounterStatus.FINISHED,
                EncounterStatus.FINISHED,
                EncounterStatus.FINISHED,
                EncounterStatus.INPROGRESS,
                EncounterStatus.CANCELLED)));
        contact.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        contact.addType().addCoding().setSystem(CONTACTS).setCode(type);
        contact.getPeriod().setStartElement(new DateTimeType(aDay()));
        return contact;
    }

    /** From two months before the month to some days after it, and mostly in it. */
    private String aDay() {
        return first.plusDays(random.nextInt(random.nextInt(3) == 0 ? 100 : 31))
                .minusDays(random.nextInt(3) == 0 ? 60 : 0)
                .toString();
    }

    private static Reference reference(Patient person) {
        return new Reference("Patient/" + person.getIdElement().getIdPart());
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
