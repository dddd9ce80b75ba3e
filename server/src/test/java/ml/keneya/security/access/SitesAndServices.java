package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;

/** Two sites, an expert hub and a social service of the same code, and what the first site can send to them. */
abstract class SitesAndServices extends TwoSites {

    static final String OURS = "https://keneya.ml/fhir/CodeSystem/";
    static final Coding CHILD_PROTECTION = new Coding(OURS + "ml-sensitivity", "child-protection", null);

    String service;
    String[] hub;
    TestSystem hubSystem;
    String[] social;
    String[] them;
    String ninaThere;
    String personThere;

    @BeforeEach
    void aServiceOfEachKind() {
        String code = unique("service");
        Organization registered = new Organization().setName("Plateau d’essai");
        registered.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(code);
        service = created(
                registered, TestSystem.withRole(exchange, "administrator").withAll());
        hubSystem = TestSystem.registered(exchange, "expert-hub", code, TestSystem.anEcKey());
        hub = hubSystem.withAll();
        social = TestSystem.registered(exchange, "social", code, TestSystem.anEcKey())
                .withAll();
        them = TestSystem.ofSite(exchange, there).withAll();
        ninaThere = unique("nina");
        personThere = created(withNina(ninaThere), them);
    }

    Answer patched(String record, String path, String value, String[] by) {
        return exchange.send(
                "PATCH",
                record,
                "application/json-patch+json",
                BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + value + "}]"),
                by);
    }

    ServiceRequest aRequest() {
        ServiceRequest request = new ServiceRequest()
                .setStatus(ServiceRequestStatus.ACTIVE)
                .setIntent(ServiceRequestIntent.ORDER)
                .setSubject(new Reference(patientHere))
                .setAuthoredOn(new DateTimeType("2026-11-11T10:30:00Z").getValue());
        request.getCode().setText("Avis dermatologique");
        request.addReasonReference(new Reference(weightHere));
        request.addPerformer(new Reference(service));
        return request;
    }

    Communication anAnswer(String request) {
        Communication answer = new Communication()
                .setStatus(CommunicationStatus.COMPLETED)
                .setSubject(new Reference(patientHere))
                .setSender(new Reference(service));
        answer.addBasedOn(new Reference(request));
        answer.addCategory().addCoding(new Coding(OURS + "ml-communication-category", "tele-expertise-answer", null));
        answer.setSentElement(new DateTimeType("2026-11-11T11:30:00Z"));
        answer.addPayload().setContent(new StringType("Teigne : griséofulvine six semaines."));
        return answer;
    }

    Task aTask() {
        Task task = new Task()
                .setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setFor(new Reference(patientHere))
                .setOwner(new Reference(service));
        task.getCode().setText("à suivre");
        return task;
    }
}
