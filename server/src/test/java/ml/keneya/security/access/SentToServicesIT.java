package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Expert hubs and social services see what was sent to them, answer it, and see nothing else. */
@KeneyaIntegrationTest
class SentToServicesIT extends SitesAndServices {

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("A hub reads the requests that name it and what stands in them")
    void showsAHubWhatWasSentToIt() {
        String picture = created(
                new Binary().setContentType("text/plain").setData("photo".getBytes(StandardCharsets.UTF_8)), us);
        DocumentReference document = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference(patientHere));
        document.addContent().setAttachment(new Attachment().setUrl(picture).setContentType("text/plain"));
        String photo = created(document, us);
        String untold = created(weightOf(patientHere, "9.9"), us);
        String labelled = created(diagnosis("B20.3"), us);
        ServiceRequest asked = aRequest();
        asked.addSupportingInfo(new Reference(photo));
        asked.addSupportingInfo(new Reference(labelled));
        String request = created(asked, us);
        created(aRequestOf(patientThere), them);

        for (String record : List.of(request, patientHere, weightHere, photo, picture)) {
            exchange.get(record, hub).hasStatus(200);
        }
        assertThat(idsIn(exchange.get("ServiceRequest?status=active", hub))).contains(request);
        assertThat(idsIn(exchange.get("Observation?_total=accurate", hub))).containsExactly(weightHere);
        assertThat(idsIn(exchange.get("Patient?_revinclude=Observation:patient&_id=" + idOf(patientHere), hub)))
                .containsExactlyInAnyOrder(patientHere, weightHere);
        for (String record : List.of(untold, labelled, weightThere)) {
            String unknown = record.replaceFirst("/.*", "/" + UUID.randomUUID());
            for (String way : List.of("%s", "%s/_history", "%s/_history/1")) {
                isAlike(
                        exchange.get(way.formatted(record), hub),
                        exchange.get(way.formatted(unknown), hub),
                        record,
                        unknown);
            }
        }
        exchange.get("Observation?patient.family=x", hub)
                .isRefused(403, "ML-FHIR-102")
                .says("patient.family");
        exchange.get(patientHere + "/$everything", hub).isRefused(403, "ML-FHIR-100");
        // Another hub, and a service of another kind with the same code.
        String[] other = TestSystem.registered(exchange, "expert-hub", unique("service"), TestSystem.anEcKey())
                .withAll();
        exchange.get(request, other).isRefused(404, "ML-FHIR-004");
        exchange.get(patientHere, other).isRefused(404, "ML-FHIR-004");
        exchange.get(patientHere, social).isRefused(404, "ML-FHIR-004");
        assertThat(jdbc.sql("""
                        select count(*) from keneya.trace
                        where client = :client and patients @> array[:patient]::text[] and role = 'EXPERT_HUB'
                        """)
                        .param("client", hubSystem.id())
                        .param("patient", idOf(patientHere))
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    private ServiceRequest aRequestOf(String person) {
        ServiceRequest request = aRequest();
        request.setSubject(new Reference(person));
        request.setReasonReference(null);
        request.setPerformer(null);
        return request;
    }

    @Test
    @DisplayName("What a hub answers is found by the site that asked, which does not change it")
    void bringsTheAnswerToWhoAsked() {
        String request = created(aRequest(), us);

        String answer = created(anAnswer(request), hub);

        Answer found = exchange.get("Communication?based-on=" + request, us);
        assertThat(idsIn(found)).containsExactly(answer);
        assertThat(found.body()).contains("griséofulvine");
        assertThat(idsIn(exchange.get("Communication", hub))).containsExactly(answer);
        exchange.get(answer, hub).hasStatus(200);
        exchange.get(answer, them).isRefused(404, "ML-FHIR-004");
        Communication changed = exchange.get(answer, us).as(Communication.class);
        changed.getPayloadFirstRep().setContent(new StringType("rien à faire"));
        exchange.put(answer, changed, us).isRefused(403, "ML-FHIR-094");
        exchange.delete(answer, us).isRefused(403, "ML-FHIR-094");
        patched(answer, "/status", "\"unknown\"", us).isRefused(403, "ML-FHIR-094");
        // In a bundle it is the same.
        assertThat(exchange.post("", exchange.json(transaction(creating(anAnswer(request)))), hub)
                        .status())
                .isEqualTo(200);
        assertThat(idsIn(exchange.get("Communication?based-on=" + request, us))).hasSize(2);
    }

    @Test
    @DisplayName("A hub answers what it was asked and writes nothing else")
    void letsAHubAnswerAndNothingElse() {
        String request = created(aRequest(), us);
        String unasked = created(aRequestOf(patientHere), us);
        Communication toNobody = anAnswer(request);
        toNobody.setBasedOn(null);
        toNobody.setCategory(null);

        exchange.create(toNobody, hub).isRefused(422, "ML-FHIR-093");
        exchange.create(anAnswer(unasked), hub).isRefused(422, "ML-INTAKE-005");
        exchange.create(weightOf(patientHere, "9.1"), hub).isRefused(403, "ML-FHIR-100");
        exchange.create(aChild(unique("record")), hub).isRefused(403, "ML-FHIR-100");
        exchange.create(aTask(), hub).isRefused(403, "ML-FHIR-100");
        Task invented = aTask();
        invented.setId("Task/" + UUID.randomUUID());
        exchange.put(invented.getId(), invented, hub).isRefused(404, "ML-FHIR-004");
        patched(request, "/status", "\"revoked\"", hub).isRefused(403, "ML-FHIR-100");

        String task = created(aTask().setFocus(new Reference(request)), us);
        patched(task, "/status", "\"completed\"", hub).hasStatus(200);
        assertThat(exchange.get(task, us).as(Task.class).getStatus()).isEqualTo(TaskStatus.COMPLETED);
        patched(task, "/focus/reference", "\"" + weightThere + "\"", hub).isRefused(422, "ML-INTAKE-005");
        patched(task, "/focus/reference", "\"" + unasked + "\"", hub).isRefused(422, "ML-INTAKE-005");
    }

    @Test
    @DisplayName("A site shows a hub no file of another site")
    void showsNoFileOfOthers() {
        String picture = created(
                new Binary().setContentType("text/plain").setData("photo".getBytes(StandardCharsets.UTF_8)), them);
        DocumentReference document = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference(patientHere));
        document.addContent().setAttachment(new Attachment().setUrl(picture).setContentType("text/plain"));
        ServiceRequest asked = aRequest();
        asked.addSupportingInfo(new Reference(created(document, us)));
        created(asked, us);

        exchange.get(picture, hub).isRefused(404, "ML-FHIR-004");
    }

    @Test
    @DisplayName("A social service reads the referrals under its label that name it, and nobody else's")
    void showsASocialServiceItsReferrals() {
        String flag = created(aFlag(patientHere, CHILD_PROTECTION), us);
        Task referred = aTask().setFocus(new Reference(flag));
        referred.getMeta().addSecurity(CHILD_PROTECTION.copy());
        referred.addInput().setValue(new Reference(weightHere)).getType().setText("poids");
        String referral = created(referred, us);
        String unreferred = created(aFlag(patientHere, CHILD_PROTECTION), us);
        String otherwise = created(
                aFlag(patientHere, new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV", null)), us);
        Task about = aTask().setFocus(new Reference(otherwise));
        about.getMeta().addSecurity(CHILD_PROTECTION.copy());
        created(about, us);
        String unlabelled = created(aTask(), us);

        for (String record : List.of(referral, flag, patientHere)) {
            exchange.get(record, social).hasStatus(200);
        }
        assertThat(idsIn(exchange.get("Flag?_total=accurate", social))).containsExactly(flag);
        for (String record : List.of(unreferred, otherwise, unlabelled)) {
            exchange.get(record, social).isRefused(404, "ML-FHIR-004");
        }
        exchange.get(weightHere, social).isRefused(403, "ML-FHIR-100");
        exchange.get("Patient?_has:Observation:patient:code=29463-7", social).isRefused(403, "ML-FHIR-102");
        patched(referral, "/status", "\"accepted\"", social).hasStatus(200);
        assertThat(exchange.get(referral, us).as(Task.class).getStatus()).isEqualTo(TaskStatus.ACCEPTED);
        patched(flag, "/status", "\"inactive\"", social).isRefused(403, "ML-FHIR-100");
        // Not the hub of the same name, to whom labels are closed, nor another service.
        exchange.get(referral, hub).isRefused(404, "ML-FHIR-004");
        String[] other = TestSystem.registered(exchange, "social", unique("service"), TestSystem.anEcKey())
                .withAll();
        for (String record : List.of(referral, flag, patientHere)) {
            exchange.get(record, other).isRefused(404, "ML-FHIR-004");
        }
    }

    private static Flag aFlag(String person, Coding label) {
        Flag flag = new Flag().setStatus(FlagStatus.ACTIVE).setSubject(new Reference(person));
        flag.getCode().setText("à protéger");
        flag.getMeta().addSecurity(label.copy());
        return flag;
    }

    private Condition diagnosis(String code) {
        Condition diagnosis = new Condition().setSubject(new Reference(patientHere));
        diagnosis
                .getCode()
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/icd-10")
                .setCode(code);
        diagnosis.setOnset(new DateTimeType("2026-11-10"));
        return diagnosis;
    }

    private static String idOf(String record) {
        return record.replaceFirst(".*/", "");
    }
}
