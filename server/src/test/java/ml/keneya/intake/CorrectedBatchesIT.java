package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A batch that comes again, corrected: what was accepted of it is found again and stored once. What is counted are
 * weights, because a child with a number is found by it whatever else goes wrong.
 */
@KeneyaIntegrationTest
class CorrectedBatchesIT {

    private static final String SUBMISSION = "https://keneya.ml/id/submission";

    @Autowired
    Exchange exchange;

    @Autowired
    ForgetsOldDeliveries forgets;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String name = unique("batch");
    private String child = "";

    @BeforeEach
    void createTheChild() {
        child = locationOf(exchange.post(batch(creating(aChild(unique("record")))), facility), 0);
    }

    @Test
    void storesOnceWhatWasAcceptedOfABatchWithoutNameThatTheAgencyCorrects() {
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        String[] agency = Stream.concat(
                        Stream.of(TestSystem.withRole(exchange, "agency").withAll()),
                        Stream.of("Keneya-Purpose", "PUBHLTH"))
                .toArray(String[]::new);
        String ofSite =
                locationOf(exchange.post("", exchange.json(batch(creating(aChild(unique("record"))))), site), 0);
        Answer sent = exchange.post("", exchange.json(batch(weight(ofSite, "7.1"), wrong(ofSite))), site);
        String id = quarantined(sent);

        Answer corrected = correct(id, batch(weight(ofSite, "7.1"), weight(ofSite, "7.2")), agency);

        assertThat(statusesOf(corrected)).containsExactly("201", "201");
        assertThat(locationOf(corrected, 0)).isEqualTo(locationOf(sent, 0));
        assertThat(weightsOf(ofSite)).isEqualTo(2);
        assertThat(exchange.get("$quarantine", site).entries()).isEmpty();
    }

    @Test
    void storesOnceWhatWasAcceptedOfABatchWithoutNameThatIsCorrectedStepByStep() {
        Answer sent = exchange.post(batch(weight("7.1"), wrong(child), wrong(child)), facility);
        String id = quarantined(sent);

        Answer first = correct(id, batch(weight("7.1"), weight("7.2"), wrong(child)));
        Bundle last = batch(weight("7.0"), weight("7.1"), weight("7.2"), weight("7.3"));
        // Whatever it calls itself: it is the correction of what had no name.
        last.getIdentifier().setSystem(SUBMISSION).setValue(name);
        Answer second = correct(id, last);

        assertThat(statusesOf(first)).containsExactly("201", "201", "422");
        assertThat(statusesOf(second)).containsExactly("201", "201", "201", "201");
        assertThat(locationOf(second, 1)).isEqualTo(locationOf(sent, 0));
        assertThat(locationOf(second, 2)).isEqualTo(locationOf(first, 1));
        assertThat(weightsOf(child)).isEqualTo(4);
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).isEmpty();
    }

    @Test
    void storesOnceWhatWasAcceptedOfANamedBatchWhoseCorrectionHasAnotherName() {
        Answer sent = exchange.post(named(weight("7.1"), wrong(child)), facility);
        Bundle correction = batch(weight("7.1"), weight("7.2"));
        correction.getIdentifier().setSystem(SUBMISSION).setValue(unique("batch"));

        correct(quarantined(sent), correction);

        assertThat(weightsOf(child)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void knowsWhatWasAcceptedAgainWhereverItStandsNow(boolean byHeader) {
        Answer sent = send(byHeader, weight("7.1"), wrong(child), weight("7.3"));

        Answer removed = send(byHeader, weight("7.1"), weight("7.3"));
        Answer inserted = send(byHeader, weight("7.0"), weight("7.1"), weight("7.2"), weight("7.3"));
        Answer repeated = send(byHeader, weight("7.0"), weight("7.1"), weight("7.2"), weight("7.3"));

        assertThat(statusesOf(sent)).containsExactly("201", "422", "201");
        assertThat(removed.entries())
                .extracting(CorrectedBatchesIT::locationOf)
                .containsExactly(locationOf(sent, 0), locationOf(sent, 2));
        assertThat(statusesOf(inserted)).containsOnly("201");
        assertThat(locationOf(inserted, 1)).isEqualTo(locationOf(sent, 0));
        assertThat(locationOf(inserted, 3)).isEqualTo(locationOf(sent, 2));
        assertThat(repeated.body()).isEqualTo(inserted.body());
        assertThat(weightsOf(child)).isEqualTo(4);
    }

    @Test
    void pointsToTheRecordsOfEntriesThatWereAcceptedBefore() {
        String recordNumber = unique("record");
        String before = aPlaceholder();
        Answer sent = exchange.post(
                named(wrong(child), creating(before, aChild(recordNumber)), weight(before, "7.1")), facility);
        String now = aPlaceholder();

        Answer corrected = exchange.post(
                named(weight(now, "7.1"), weight(now, "7.2"), creating(now, aChild(recordNumber))), facility);

        assertThat(statusesOf(sent)).containsExactly("422", "201", "201");
        assertThat(statusesOf(corrected)).containsOnly("201");
        assertThat(locationOf(corrected, 2)).isEqualTo(locationOf(sent, 1));
        assertThat(locationOf(corrected, 0)).isEqualTo(locationOf(sent, 2));
        assertThat(exchange.get(locationOf(corrected, 1))
                        .as(Observation.class)
                        .getSubject()
                        .getReference())
                .isEqualTo(locationOf(sent, 1));
        assertThat(weightsOf(locationOf(sent, 1))).isEqualTo(2);
    }

    @Test
    void leavesTwoEntriesWithTheSameContentTwo() {
        Answer sent = exchange.post(named(weight("7.1"), weight("7.1"), wrong(child)), facility);

        Answer corrected = exchange.post(named(weight("7.0"), weight("7.1"), weight("7.1")), facility);
        Answer third = exchange.post(named(weight("7.0"), weight("7.1"), weight("7.1"), weight("7.1")), facility);

        assertThat(List.of(locationOf(corrected, 1), locationOf(corrected, 2)))
                .containsExactlyInAnyOrder(locationOf(sent, 0), locationOf(sent, 1));
        assertThat(locationOf(third, 1)).isEqualTo(locationOf(corrected, 1));
        assertThat(locationOf(third, 2)).isEqualTo(locationOf(corrected, 2));
        assertThat(weightsOf(child)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesOtherContentInPlaceOfWhatWasAcceptedAndSaysUnderWhichNameAsItWasWritten(boolean byHeader) {
        Answer sent = send(byHeader, weight("7.1"), weight("7.2"));

        Answer changed = send(byHeader, weight("8.1"), weight("7.2"));

        assertThat(statusesOf(changed)).containsExactly("422", "201");
        assertThat(codeOf(changed, 0)).isEqualTo("ML-INTAKE-006");
        assertThat(wordsOf(changed, 0)).contains("« " + (byHeader ? name : SUBMISSION + "|" + name) + " »");
        assertThat(locationOf(changed, 1)).isEqualTo(locationOf(sent, 1));
        assertThat(weightsOf(child)).isEqualTo(2);
    }

    @Test
    void saysThatItRepeatsAnAnswerOnlyWhenItRepeatsAllOfIt() {
        Answer partly = exchange.post(named(weight("7.1"), wrong(child)), facility);
        Answer again = exchange.post(named(weight("7.1"), wrong(child)), facility);
        Answer finished = exchange.post(named(weight("7.1"), weight("7.2")), facility);
        Answer repeated = exchange.post(named(weight("7.1"), weight("7.2")), facility);

        assertThat(List.of(partly, again, finished))
                .allSatisfy(
                        answer -> assertThat(answer.header("Keneya-Replayed")).isEmpty());
        assertThat(locationOf(finished, 0)).isEqualTo(locationOf(partly, 0));
        assertThat(repeated.header("Keneya-Replayed")).contains("true");
        assertThat(repeated.body()).isEqualTo(finished.body());
    }

    /** As the version before has written it: under the number of the entry, with the digest of its content. */
    @Test
    void honoursReceiptsOfTheVersionBefore() {
        String stored = locationOf(exchange.post(batch(weight("7.1")), facility), 0);
        BundleEntryComponent content = weight("7.1").setFullUrl(null);
        String json = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":"
                + exchange.json(content.getResource())
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}]}";
        jdbc.sql("""
                        insert into keneya.receipt (client, facility, key, entry, digest, records, answer, transaction_id)
                        values ('local', :facility, :key, 1, :digest, 1, :answer, null)
                        """)
                .param("facility", facility)
                .param("key", "bundle:" + SUBMISSION + "|" + name)
                .param("digest", Submission.sha256(json.getBytes(StandardCharsets.UTF_8)))
                .param("answer", """
                        {"resourceType":"Bundle","type":"transaction-response","entry":[
                        {"response":{"status":"201 Created","location":"%s/_history/1","etag":"W/\\"1\\""}}]}
                        """.formatted(stored))
                .update();

        Answer sent = exchange.post(named(weight("7.0"), weight("7.1")), facility);

        // The new entry stands where the accepted one stood, and is not taken for it.
        assertThat(statusesOf(sent)).containsExactly("201", "201");
        assertThat(locationOf(sent, 1)).isEqualTo(stored);
        assertThat(weightsOf(child)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void knowsWhatWasAcceptedWhenTheAnswerIsForgotten(boolean withName) {
        String recordNumber = unique("record");
        String before = aPlaceholder();
        Answer sent = sendNamed(withName, creating(before, aChild(recordNumber)), weight(before, "7.1"));
        forgetAnswers();
        String now = aPlaceholder();

        Answer late = sendNamed(withName, creating(now, aChild(recordNumber)), weight(now, "7.1"), weight(now, "7.2"));

        assertThat(statusesOf(late)).containsExactly("422", "422", "201");
        assertThat(List.of(codeOf(late, 0), codeOf(late, 1))).containsOnly("ML-INTAKE-013");
        assertThat(late.header("Keneya-Quarantine")).isEmpty();
        assertThat(weightsOf(locationOf(sent, 0))).isEqualTo(2);
    }

    private void forgetAnswers() {
        jdbc.sql("update keneya.receipt set received_at = now() - interval '91 days' where facility = :facility")
                .param("facility", facility)
                .update();
        forgets.forget();
    }

    private BundleEntryComponent weight(String kilograms) {
        return weight(child, kilograms);
    }

    private static BundleEntryComponent weight(String ofWhom, String kilograms) {
        return creating(weightOf(ofWhom, kilograms));
    }

    private static BundleEntryComponent wrong(String ofWhom) {
        return creating(weightOf(ofWhom, "0.9").setStatus(null));
    }

    private Bundle named(BundleEntryComponent... entries) {
        Bundle batch = batch(entries);
        batch.getIdentifier().setSystem(SUBMISSION).setValue(name);
        return batch;
    }

    private Answer sendNamed(boolean withName, BundleEntryComponent... entries) {
        return exchange.post(withName ? named(entries) : batch(entries), facility);
    }

    private Answer send(boolean byHeader, BundleEntryComponent... entries) {
        return byHeader
                ? exchange.post("", exchange.json(batch(entries)), "Keneya-Facility", facility, "Idempotency-Key", name)
                : exchange.post(named(entries), facility);
    }

    private Answer correct(String id, Bundle correction, String... headers) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("id").setValue(new StringType(id));
        parameters.addParameter().setName("bundle").setResource(correction);
        return exchange.post("$quarantine-correct", exchange.json(parameters), headers)
                .hasStatus(200);
    }

    private static String quarantined(Answer sent) {
        assertThat(sent.hasStatus(200).bundle().getType()).isEqualTo(BundleType.BATCHRESPONSE);
        return sent.header("Keneya-Quarantine").orElseThrow();
    }

    private static List<String> statusesOf(Answer answer) {
        return answer.hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getStatus().substring(0, 3))
                .toList();
    }

    private static String codeOf(Answer answer, int entry) {
        return outcomeOf(answer, entry)
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }

    private static String wordsOf(Answer answer, int entry) {
        return outcomeOf(answer, entry).getIssueFirstRep().getDiagnostics();
    }

    private static OperationOutcome outcomeOf(Answer answer, int entry) {
        return (OperationOutcome) answer.entries().get(entry).getResponse().getOutcome();
    }

    private static String locationOf(Answer answer, int entry) {
        return locationOf(answer.hasStatus(200).entries().get(entry));
    }

    private static String locationOf(BundleEntryComponent entry) {
        return entry.getResponse().getLocation().replaceAll("/_history/.*", "");
    }

    private int weightsOf(String patient) {
        return exchange.get("Observation?subject=" + patient).entries().size();
    }
}
