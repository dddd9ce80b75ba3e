package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Doses and children as sites would record them, in every form that a count has to bear: days, months and years only,
 * without a date, not done, withdrawn. The same at every run.
 */
final class SomeVaccinations {

    static final String VACCINE = Cases.BASE + "/CodeSystem/ml-vaccine";

    private static final String STRATEGY = Cases.BASE + "/StructureDefinition/ml-ext-vaccination-strategy";
    private static final List<String> COMMUNES = List.of("ML010101", "ML010102", "ML010201", "ML020101", "");

    private final Random random = new Random(19970526);
    private final LocalDate first;

    /** @param first the first day of the period in and around which the doses are given */
    SomeVaccinations(LocalDate first) {
        this.first = first;
    }

    Bundle doses() {
        Bundle bundle = transaction();
        List<String> births = List.of(
                "", "1997", "1997-05", "1996-05", "1996-05-28", "1995-05-30", "1992-06-01", "1985", "1997-05-29");
        for (int number = 0; number < 40; number++) {
            Patient person = aPerson(oneOf(COMMUNES), oneOf(List.of("male", "female", "unknown")), oneOf(births), "");
            Immunization dose = aDose(
                    person, oneOf(List.of("BCG", "VPO", "PENTA", "RR", "")), oneOf(List.of("0", "1", "2", "3", "")));
            // From two days before the period to two days after it.
            LocalDate day = first.plusDays(random.nextInt(11) - 2L);
            dose.setOccurrence(
                    oneOf(List.of(new DateTimeType(day.toString()), new DateTimeType(day + "T08:30:00+00:00"))));
            bundle.addEntry(putting(person));
            if (random.nextInt(5) == 0) {
                Encounter contact = aContact(person, day);
                bundle.addEntry(putting(contact));
                dose.setEncounter(
                        new Reference("Encounter/" + contact.getIdElement().getIdPart()));
                dose.setOccurrence(new DateTimeType("1997"));
            }
            dose.setStatus(oneOf(List.of(
                    ImmunizationStatus.COMPLETED,
                    ImmunizationStatus.COMPLETED,
                    ImmunizationStatus.COMPLETED,
                    ImmunizationStatus.NOTDONE,
                    ImmunizationStatus.ENTEREDINERROR)));
            bundle.addEntry(putting(dose));
        }
        return bundle;
    }

    Bundle children(Organization centre) {
        Bundle bundle = transaction();
        List<String> births = List.of(
                "", "1996", "1996-06", "1996-07", "1996-06-14", "1996-06-15", "1996-06-30", "1996-07-10", "1996-07-11");
        for (int number = 0; number < 40; number++) {
            Patient child = aPerson(
                    oneOf(COMMUNES),
                    oneOf(List.of("male", "female")),
                    oneOf(births),
                    oneOf(List.of("", "internally-displaced")));
            if (random.nextBoolean()) {
                child.setManagingOrganization(
                        new Reference("Organization/" + centre.getIdElement().getIdPart()));
            }
            switch (random.nextInt(8)) {
                case 0 ->
                    child.setDeceased(new DateTimeType(
                            oneOf(List.of("1996", "1997", "1997-03", "1997-09", "1996-11-01", "2001"))));
                case 1 -> child.setDeceased(new BooleanType(random.nextBoolean()));
                default -> {}
            }
            bundle.addEntry(putting(child));
            for (int dose = random.nextInt(5); dose > 0; dose--) {
                Immunization given = aDose(
                        child,
                        oneOf(List.of("PENTA", "PENTA", "PENTA", "VPO", "")),
                        oneOf(List.of("1", "2", "3", "4", "rappel", "")));
                given.setOccurrence(
                        oneOf(List.of("1996-09-01", "1997-02-01", "1997-06-30", "1997-07-20", "1998", "1996-12"))
                                .transform(DateTimeType::new));
                bundle.addEntry(putting(given));
            }
        }
        return bundle;
    }

    Immunization aDose(Patient person, String vaccine, String rank) {
        Immunization dose = new Immunization();
        dose.setId(UUID.randomUUID().toString());
        dose.setStatus(ImmunizationStatus.COMPLETED);
        dose.setPatient(new Reference("Patient/" + person.getIdElement().getIdPart()));
        if (vaccine.isEmpty()) {
            dose.getVaccineCode()
                    .addCoding()
                    .setSystem("http://hl7.org/fhir/sid/cvx")
                    .setCode("198");
        } else {
            dose.getVaccineCode().addCoding().setSystem(VACCINE).setCode(vaccine);
        }
        if (!rank.isEmpty()) {
            dose.addProtocolApplied()
                    .setDoseNumber(
                            rank.matches("[1-9]") ? new PositiveIntType(Integer.parseInt(rank)) : new StringType(rank));
        }
        switch (random.nextInt(4)) {
            case 0 -> dose.setPrimarySource(false);
            case 1 -> {}
            default -> dose.setPrimarySource(true);
        }
        if (random.nextBoolean()) {
            dose.addExtension(
                    STRATEGY,
                    new CodeableConcept(new Coding(
                            Cases.BASE + "/CodeSystem/ml-vaccination-strategy",
                            oneOf(List.of("fixed", "outreach")),
                            null)));
        }
        return dose;
    }

    private static Encounter aContact(Patient person, LocalDate day) {
        Encounter contact = new Encounter();
        contact.setId(UUID.randomUUID().toString());
        contact.setStatus(EncounterStatus.FINISHED);
        contact.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        contact.setSubject(new Reference("Patient/" + person.getIdElement().getIdPart()));
        contact.getPeriod().setStartElement(new DateTimeType(day.toString()));
        return contact;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static boolean isOf(Immunization dose, Patient person) {
        return dose.getPatient()
                .getReference()
                .equals("Patient/" + person.getIdElement().getIdPart());
    }

    static String vaccineOf(Immunization dose) {
        return dose.getVaccineCode().getCoding().stream()
                .filter(coding -> VACCINE.equals(coding.getSystem()))
                .map(Coding::getCode)
                .findFirst()
                .orElse("unknown");
    }

    static String rankOf(Immunization dose) {
        return dose.hasProtocolApplied()
                ? dose.getProtocolAppliedFirstRep().getDoseNumber().primitiveValue()
                : "unknown";
    }
}
