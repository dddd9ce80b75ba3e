package ml.keneya.surveillance;

import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** What is recorded of a person who comes: the contact, a measured arm, a question to an expert. */
final class SomeCare {

    private SomeCare() {}

    /** @param where {@code AMB} on the spot, {@code VR} at a distance */
    static Encounter aContact(Patient person, String where, String day) {
        Encounter contact = new Encounter().setStatus(EncounterStatus.FINISHED);
        contact.setId(UUID.randomUUID().toString());
        contact.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode(where);
        contact.setSubject(reference(person));
        contact.getPeriod().setStartElement(new DateTimeType(day));
        return contact;
    }

    static Observation anArm(Patient person, long millimetres, String day) {
        Observation arm = new Observation().setStatus(ObservationStatus.FINAL);
        arm.setId(UUID.randomUUID().toString());
        arm.setSubject(reference(person)).setEffective(new DateTimeType(day));
        arm.getCode().addCoding().setSystem("http://loinc.org").setCode("56072-2");
        arm.setValue(new Quantity()
                .setValue(millimetres)
                .setUnit("mm")
                .setSystem("http://unitsofmeasure.org")
                .setCode("mm"));
        return arm;
    }

    static ServiceRequest aQuestion(Patient person, String speciality, String day) {
        ServiceRequest question =
                new ServiceRequest().setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
        question.setId(UUID.randomUUID().toString());
        question.addCategory(code("ml-request-category", "tele-expertise"));
        question.getCode().setText("Avis");
        question.setSubject(reference(person));
        question.getRequester().setDisplay("Infirmier");
        question.addReasonCode().setText("Lésion");
        question.setPerformerType(code("ml-telehealth-speciality", speciality));
        question.setAuthoredOnElement(new DateTimeType(day + "T08:00:00+00:00"));
        return question;
    }

    static CodeableConcept code(String system, String code) {
        return new CodeableConcept(new Coding(Cases.BASE + "/CodeSystem/" + system, code, null));
    }

    private static Reference reference(Patient person) {
        return new Reference("Patient/" + person.getIdElement().getIdPart());
    }
}
