package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A refused bundle is kept as received until somebody has corrected or dismissed it. */
@KeneyaIntegrationTest
class QuarantineIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KeptDeliveries deliveries;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void keepsARefusedBundleAsItWasReceivedAndSaysUnderWhichNumber() {
        String sent = exchange.json(wrong()) + "   ";
        Answer refused = send(sent).isRefused(422, "ML-VALIDATION-001");
        String id = numberOf(refused);

        Task task = exchange.get("$quarantine-entry?id=" + id).hasStatus(200).as(Task.class);

        assertThat(task.getStatus()).isEqualTo(TaskStatus.REJECTED);
        assertThat(task.getStatusReason().getCodingFirstRep().getCode()).isEqualTo("ML-VALIDATION-001");
        assertThat(task.getRequester().getIdentifier().getValue()).isEqualTo(facility);
        assertThat(((OperationOutcome) task.getContained().get(0))
                        .getIssueFirstRep()
                        .getDiagnostics())
                .isEqualTo(refused.as(OperationOutcome.class).getIssueFirstRep().getDiagnostics());
        Answer bytes = exchange.get("$quarantine-content?id=" + id);
        assertThat(contentOf(id)).isEqualTo(sent);
        assertThat(bytes.header("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).matches("(?i)attachment.*"));
    }

    @Test
    void keepsWhatCannotEvenBeRead() {
        String garbage = exchange.json(aVisit()).substring(0, 60);

        String id = numberOf(exchange.post("", garbage, "Keneya-Facility", facility));

        assertThat(contentOf(id)).isEqualTo(garbage);
    }

    @Test
    void keepsTheSameBytesOnce() {
        String sent = exchange.json(wrong());

        assertThat(numberOf(send(sent))).isEqualTo(numberOf(send(sent)));
        assertThat(listed()).isEqualTo(1);
    }

    @Test
    void acceptsTheCorrectionAndTakesItOffTheList() {
        Bundle wrong = wrong();
        String id = numberOf(send(exchange.json(wrong)));
        Parameters correction = named(id);
        correction.addParameter().setName("bundle").setResource(aVisit());

        Answer answer = post("$quarantine-correct", correction).hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).isEqualTo("201 Created");
        assertThat(children()).isEqualTo(1);
        assertThat(listed()).isZero();
        assertThat(exchange.get("$quarantine-entry?id=" + id).as(Task.class).getStatus())
                .isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void takesOffTheListWhatItsSenderCorrectedAndSentAgain() {
        Bundle wrong = wrong();
        wrong.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(recordNumber);
        send(exchange.json(wrong)).isRefused(422, "ML-VALIDATION-001");
        Bundle corrected = aVisit();
        corrected.setIdentifier(wrong.getIdentifier());

        send(exchange.json(corrected)).hasStatus(200);

        assertThat(listed()).isZero();
    }

    @Test
    void takesOffTheListWhatWasCorrectedUnderTheSameIdempotencyKey() {
        String key = unique("key");
        send(exchange.json(wrong()), key).isRefused(422, "ML-VALIDATION-001");

        send(exchange.json(aVisit()), key).hasStatus(200);

        assertThat(listed()).isZero();
    }

    @Test
    void keepsABatchOnTheListUntilNoneOfItsEntriesIsRefused() {
        String key = unique("key");
        Bundle batch = wrong().setType(BundleType.BATCH);
        send(exchange.json(batch), key).hasStatus(200);
        assertThat(listed()).isEqualTo(1);

        ((Observation) batch.getEntry().get(1).getResource()).setStatus(ObservationStatus.FINAL);
        send(exchange.json(batch), key).hasStatus(200);

        assertThat(listed()).isZero();
    }

    @Test
    void explainsACorrectionThatIsWrongTooAndKeepsTheDelivery() {
        String id = numberOf(send(exchange.json(wrong())));
        Parameters correction = named(id);
        correction.addParameter().setName("bundle").setResource(transaction());

        post("$quarantine-correct", correction).isRefused(422, "ML-INTAKE-001");

        assertThat(listed()).isEqualTo(1);
    }

    @Test
    void acceptsAReplayOnceWhatWasMissingIsThere() {
        String organization = unique("org");
        Patient child = aChild(recordNumber);
        child.getManagingOrganization().setReference("Organization/" + organization);
        Answer refused = send(exchange.json(transaction(creating(child)))).isRefused(422, "ML-INTAKE-005");
        Organization centre = new Organization().setName("CSCom");
        centre.setId(organization);
        exchange.put("Organization/" + organization, centre).hasStatus(201);

        post("$quarantine-replay", named(numberOf(refused))).hasStatus(200);

        assertThat(children()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from keneya.receipt where facility = :facility")
                        .param("facility", facility)
                        .query(Integer.class)
                        .single())
                .as("receipts of the facility that sent it, not of who replayed it")
                .isEqualTo(1);
    }

    @Test
    void dismissesForAReason() {
        String id = numberOf(send(exchange.json(wrong())));
        post("$quarantine-dismiss", named(id)).isRefused(400, "ML-FHIR-041");
        Parameters dismissal = named(id);
        dismissal.addParameter().setName("reason").setValue(new StringType("Essai du logiciel"));

        Task task = post("$quarantine-dismiss", dismissal).hasStatus(200).as(Task.class);

        assertThat(task.getStatus()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(task.getStatusReason().getText()).isEqualTo("Essai du logiciel");
        assertThat(listed()).isZero();
        post("$quarantine-replay", named(id)).isRefused(409, "ML-INTAKE-016");
    }

    @Test
    void erasesTheContentAndKeepsATrace() {
        String id = numberOf(send(exchange.json(wrong())));
        Parameters erasure = named(id);
        erasure.addParameter().setName("reason").setValue(new StringType("Demande de la personne"));

        post("$quarantine-erase", erasure).hasStatus(200);

        exchange.get("$quarantine-content?id=" + id).isRefused(410, "ML-INTAKE-015");
        Task task = exchange.get("$quarantine-entry?id=" + id).hasStatus(200).as(Task.class);
        assertThat(task.getContained()).isEmpty();
        assertThat(task.getStatusReason().getCodingFirstRep().getCode()).isEqualTo("ML-VALIDATION-001");
    }

    @Test
    void forgetsTheContentWhenItsTimeIsOver() {
        String id = numberOf(send(exchange.json(wrong())));
        jdbc.sql("update keneya.delivery set received_at = now() - interval '91 days' where id = :id::uuid")
                .param("id", id)
                .update();

        deliveries.forgetBodiesOlderThan(Duration.ofDays(90));

        exchange.get("$quarantine-content?id=" + id).isRefused(410, "ML-INTAKE-015");
    }

    @Test
    void keepsABatchOfWhichAnEntryWasRefused() {
        Bundle batch = batch(creating(aChild(recordNumber)), wrong().getEntry().get(1));

        Answer answer = send(exchange.json(batch)).hasStatus(200);

        Task task = exchange.get("$quarantine-entry?id=" + numberOf(answer)).as(Task.class);
        OperationOutcome outcome = (OperationOutcome) task.getContained().get(0);
        assertThat(outcome.getIssueFirstRep().getExpression().get(0).getValue()).startsWith("Bundle.entry[1]");
    }

    @Test
    void tellsAFacilityHowItsDeliveriesAreDoing() {
        send(exchange.json(aVisit())).hasStatus(200);
        send(exchange.json(wrong())).isRefused(422, "ML-VALIDATION-001");
        send("Bonjour").isRefused(400, "ML-FHIR-001");

        Parameters report = exchange.get("$sync-report", "Keneya-Facility", facility)
                .hasStatus(200)
                .as(Parameters.class);

        assertThat(report.getParameter("accepted").getValue().primitiveValue()).isEqualTo("1");
        assertThat(report.getParameter("records").getValue().primitiveValue()).isEqualTo("1");
        assertThat(report.getParameter("waiting").getValue().primitiveValue()).isEqualTo("0");
        assertThat(report.getParameter("lastAccepted").getValue()).isNotNull();
        assertThat(report.getParameters("refused"))
                .extracting(part -> part.getPart().get(0).getValue().primitiveValue())
                .containsExactlyInAnyOrder("ML-VALIDATION-001", "ML-FHIR-001");
    }

    @Test
    void doesNotKnowANumberThatItNeverGave() {
        exchange.get("$quarantine-entry?id=7").isRefused(404, "ML-INTAKE-014");
        exchange.get("$quarantine-entry").isRefused(400, "ML-FHIR-041");
    }

    @Test
    void acceptsACorrectionOfWhatWasSentAsXml() {
        String xml = exchange.context().newXmlParser().encodeResourceToString(wrong());
        Answer refused = exchange.send(
                "POST", "", "application/fhir+xml", BodyPublishers.ofString(xml), "Keneya-Facility", facility);
        Parameters correction = named(numberOf(refused));
        correction.addParameter().setName("bundle").setResource(aVisit());

        post("$quarantine-correct", correction).hasStatus(200);

        assertThat(children()).isEqualTo(1);
    }

    @Test
    void countsACorrectionOnceThatIsSentBySomebodyElseToo() {
        Bundle wrong = wrong();
        wrong.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(recordNumber);
        String id = numberOf(send(exchange.json(wrong)));
        Parameters correction = named(id);
        // Without the name, as an officer may write it; the delivery's own name is put in.
        correction.addParameter().setName("bundle").setResource(aVisit());
        post("$quarantine-correct", correction).hasStatus(200);
        Bundle own = transaction(creating(aChild(unique("record"))));
        own.setIdentifier(wrong.getIdentifier());

        send(exchange.json(own)).isRefused(422, "ML-INTAKE-006");

        assertThat(children()).isEqualTo(1);
    }

    @Test
    void readsWhatIsReplayedAsStrictlyAsWhatArrives() {
        String deep =
                "{\"resourceType\":\"Bundle\",\"extension\":" + "[{\"a\":".repeat(900) + "1" + "}]".repeat(900) + "}";
        String id = numberOf(send(deep).isRefused(400, "ML-FHIR-030"));

        post("$quarantine-replay", named(id)).isRefused(400, "ML-FHIR-030");
    }

    @Test
    void doesNotEraseWhatStillWaits() {
        String id = numberOf(send(exchange.json(wrong())));
        jdbc.sql("""
                        update keneya.delivery set status = 'RUNNING', lease_until = now() + interval '1 hour'
                        where id = :id::uuid
                        """).param("id", id).update();
        Parameters erasure = named(id);
        erasure.addParameter().setName("reason").setValue(new StringType("Demande de la personne"));

        post("$quarantine-erase", erasure).isRefused(409, "ML-INTAKE-017");

        jdbc.sql("update keneya.delivery set status = 'REFUSED' where id = :id::uuid")
                .param("id", id)
                .update();
    }

    private Bundle aVisit() {
        return transaction(creating(aChild(recordNumber)));
    }

    private Bundle wrong() {
        Bundle wrong = transaction(creating(aChild(recordNumber)));
        String child = wrong.getEntryFirstRep().getFullUrl();
        wrong.addEntry(creating(weightOf(child, "9.5").setStatus(null)));
        return wrong;
    }

    private Answer send(String json) {
        return exchange.post("", json, "Keneya-Facility", facility);
    }

    private Answer send(String json, String key) {
        return exchange.post("", json, "Keneya-Facility", facility, "Idempotency-Key", key);
    }

    private static String numberOf(Answer answer) {
        return answer.header("Keneya-Quarantine").orElseThrow();
    }

    private static Parameters named(String id) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("id").setValue(new StringType(id));
        return parameters;
    }

    private Answer post(String operation, Parameters parameters) {
        return exchange.post(operation, exchange.json(parameters));
    }

    private String contentOf(String id) {
        return exchange.get("$quarantine-content?id=" + id).hasStatus(200).body();
    }

    private int listed() {
        return exchange.get("$quarantine?facility=" + facility)
                .hasStatus(200)
                .entries()
                .size();
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
