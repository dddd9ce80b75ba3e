package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDelivery.Status;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code Prefer: respond-async}: the bytes first, the work later, in the order of arrival. */
@KeneyaIntegrationTest
class LaterDeliveriesIT {

    private static final Outcome REFUSED = new Outcome(422, null, "{\"resourceType\":\"OperationOutcome\"}");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Exchange exchange;

    @Autowired
    KeptDeliveries deliveries;

    @Autowired
    WaitingDeliveries waiting;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void acceptsABundleForLaterAndGivesTheOutcomeOfEachEntry() {
        Answer accepted = send(transaction(creating(aChild(recordNumber)))).hasStatus(202);
        assertThat(accepted.header("Retry-After")).isPresent();

        Bundle outcome = outcomeOf(accepted);

        assertThat(outcome.getEntryFirstRep().getResponse().getStatus()).isEqualTo("200");
        Bundle answer = (Bundle) outcome.getEntryFirstRep().getResource();
        assertThat(answer.getEntryFirstRep().getResponse().getStatus()).isEqualTo("201 Created");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void explainsARefusalAndKeepsTheBundleForCorrection() {
        Bundle wrong = transaction(creating(weightOf("Patient/" + unique("nobody"), "9.5")));

        Bundle outcome = outcomeOf(send(wrong));

        assertThat(outcome.getEntryFirstRep().getResponse().getStatus()).isEqualTo("422");
        OperationOutcome why =
                (OperationOutcome) outcome.getEntryFirstRep().getResponse().getOutcome();
        assertThat(why.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
                .isEqualTo("ML-INTAKE-005");
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).hasSize(1);
    }

    /** Nobody's request is at hand when it is validated. */
    @Test
    void explainsLaterInTheLanguageOfTheSender() {
        Observation wrong = weightOf("Patient/" + unique("nobody"), "9.5");
        wrong.setStatusElement(null);

        Bundle outcome = outcomeOf(exchange.post(
                "",
                exchange.json(transaction(creating(wrong))),
                Stream.concat(Stream.of("Accept-Language", "en"), Stream.of(headers()))
                        .toArray(String[]::new)));

        OperationOutcome why =
                (OperationOutcome) outcome.getEntryFirstRep().getResponse().getOutcome();
        assertThat(why.getIssueFirstRep().getDiagnostics())
                .contains("minimum required = 1")
                .doesNotContain("obligatoire");
    }

    @Test
    void refusesAtOnceWhatCannotBeRead() {
        exchange.post("", "{\"resourceType\":", headers()).isRefused(400, "ML-FHIR-001");

        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).hasSize(1);
    }

    @Test
    void countsOnceWhatIsSentForLaterAndAtOnce() {
        Bundle visit = aVisit();
        visit.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(recordNumber);
        exchange.post(visit, facility).hasStatus(200);

        outcomeOf(send(visit));

        assertThat(weights()).isEqualTo(1);
    }

    @Test
    void carriesOutTheDeliveriesOfASiteInTheOrderOfTheirArrival() {
        String id = unique("child");
        List<Answer> accepted = new ArrayList<>();
        for (int day = 10; day < 20; day++) {
            Patient child = aChild(recordNumber);
            child.setId(id);
            child.setBirthDateElement(new DateType("2025-06-" + day));
            accepted.add(send(transaction(putting(child))).hasStatus(202));
        }

        accepted.forEach(this::outcomeOf);

        for (int version = 1; version <= 10; version++) {
            Patient child =
                    exchange.get("Patient/" + id + "/_history/" + version).as(Patient.class);
            assertThat(child.getBirthDateElement().getValueAsString()).isEqualTo("2025-06-" + (version + 9));
        }
    }

    @Test
    void leavesTheSecondOfASiteAloneUntilTheFirstIsDone() throws Exception {
        UUID first = enqueue("1");
        holdForLong(first);
        UUID second = enqueue("2");
        UUID third = enqueue("3", "{", new Caller(unique("laboratory"), facility, Caller.Role.SITE, Set.of(), null));

        List<List<UUID>> taken = AtOnce.send(8, worker -> leaseOurs(Duration.ofMinutes(5)));

        assertThat(taken.stream().flatMap(List::stream)).isEmpty();
        assertThat(List.of(second, third))
                .allSatisfy(later -> assertThat(statusOf(later)).isEqualTo(Status.WAITING));

        waiting.finish(deliveries.find(first).orElseThrow(), Status.REFUSED, REFUSED);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(second, third))
                        .allSatisfy(later -> assertThat(statusOf(later)).isEqualTo(Status.REFUSED)));
    }

    /** Such as the agency's own systems: what one of them sends has nothing to do with another's. */
    @Test
    void letsWhoActsForNoSiteWaitForNobodyElse() {
        String one = unique("warehouse");
        UUID held = enqueue("1", "{", withoutSite(one));
        holdForLong(held);

        UUID ofTheSame = enqueue("2", "{", withoutSite(one));
        UUID ofAnother = enqueue("3", "{", withoutSite(unique("warehouse")));

        await().atMost(PATIENCE).until(() -> statusOf(ofAnother) == Status.REFUSED);
        assertThat(statusOf(ofTheSame)).isEqualTo(Status.WAITING);
        waiting.finish(deliveries.find(held).orElseThrow(), Status.REFUSED, REFUSED);
    }

    @Test
    void doesNotLetAWorkerThatWasThoughtDeadChangeWhatAnotherDoes() {
        UUID id = enqueue("1");
        holdForLong(id);
        KeptDelivery late = deliveries.find(id).orElseThrow();
        jdbc.sql("update keneya.delivery set attempts = attempts + 1 where id = :id")
                .param("id", id)
                .update();

        waiting.finish(late, Status.ACCEPTED, REFUSED);
        waiting.release(late, Duration.ZERO);

        KeptDelivery now = deliveries.find(id).orElseThrow();
        assertThat(now.status()).isEqualTo(Status.RUNNING);
        waiting.finish(now, Status.REFUSED, REFUSED);
    }

    @Test
    void givesUpADeliveryWhoseTriesNeverCameToAnAnswer() {
        UUID id = enqueue("1");
        jdbc.sql("""
                        update keneya.delivery
                        set status = 'RUNNING', attempts = 99, lease_until = now() - interval '1 second', http_status = null
                        where id = :id
                        """).param("id", id).update();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(deliveries.find(id).orElseThrow().refusalCode())
                                .isEqualTo("ML-FHIR-099"));
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).hasSize(1);
    }

    @Test
    void keepsABatchOfWhichAnEntryWasRefusedForCorrection() {
        Bundle batch = batch(creating(aChild(recordNumber)), creating(weightOf("Patient/" + unique("nobody"), "9.5")));

        Bundle outcome = outcomeOf(send(batch));

        Bundle answer = (Bundle) outcome.getEntryFirstRep().getResource();
        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("201", "422");
        Task task = (Task) exchange.get("$quarantine?facility=" + facility)
                .entries()
                .get(0)
                .getResource();
        assertThat(((OperationOutcome) task.getContained().get(0))
                        .getIssueFirstRep()
                        .getExpression()
                        .get(0)
                        .getValue())
                .startsWith("Bundle.entry[1]");
    }

    @Test
    void takesUpAgainWhatADeadWorkerHadTaken() {
        Bundle visit = aVisit();
        exchange.post(visit, facility).hasStatus(200);
        // As the row stands when a worker died after its commit and before it could note the outcome.
        UUID id = enqueue("1", exchange.json(visit));
        jdbc.sql("""
                        update keneya.delivery
                        set status = 'RUNNING', attempts = 1, lease_until = now() - interval '1 second', http_status = null
                        where id = :id
                        """).param("id", id).update();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(deliveries.find(id).orElseThrow().status()).isEqualTo(Status.ACCEPTED));
        assertThat(weights()).isEqualTo(1);
    }

    @Test
    void countsNoTryThatFoundTheDiskOfTheDatabaseFull() {
        String function = "keneya.full_of_" + facility.replaceAll("\\W", "_");
        jdbc.sql("create function " + function + "() returns trigger language plpgsql as"
                        + " 'begin raise exception using errcode = ''53100''; end'")
                .update();
        jdbc.sql("create trigger full_disk before insert on keneya.receipt for each row when (new.facility = '"
                        + facility + "') execute function " + function + "()")
                .update();
        UUID id;
        try {
            id = enqueue("1", exchange.json(transaction(creating(aChild(recordNumber)))));
            await().atMost(PATIENCE).until(() -> isGivenBackAfter(id, 0));
            // The next one would be the last.
            jdbc.sql("update keneya.delivery set attempts = 11, lease_until = null where id = :id")
                    .param("id", id)
                    .update();
            await().atMost(PATIENCE).until(() -> isGivenBackAfter(id, 11));
        } finally {
            jdbc.sql("drop function " + function + " cascade").update();
        }

        // The rest of its pause.
        jdbc.sql("update keneya.delivery set lease_until = null where id = :id and status = 'WAITING'")
                .param("id", id)
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(deliveries.find(id).orElseThrow().status()).isEqualTo(Status.ACCEPTED));
        assertThat(children()).isEqualTo(1);
    }

    private boolean isGivenBackAfter(UUID id, int attempts) {
        return jdbc.sql("""
                        select status = 'WAITING' and lease_until is not null and attempts = :attempts
                        from keneya.delivery where id = :id
                        """)
                .param("id", id)
                .param("attempts", attempts)
                .query(Boolean.class)
                .single();
    }

    private static Caller withoutSite(String client) {
        return new Caller(client, null, Caller.Role.ADMINISTRATOR, Set.of(), null);
    }

    private Status statusOf(UUID delivery) {
        return deliveries.find(delivery).orElseThrow().status();
    }

    /** As another worker would have it; one that had it before has it no longer. */
    private void holdForLong(UUID id) {
        jdbc.sql("""
                        update keneya.delivery
                        set status = 'RUNNING', attempts = attempts + 1, lease_until = now() + interval '1 hour', http_status = null
                        where id = :id
                        """).param("id", id).update();
    }

    private List<UUID> leaseOurs(Duration time) {
        return waiting.lease(time)
                .map(delivery -> {
                    if (!delivery.facility().equals(facility)) {
                        waiting.release(delivery, Duration.ZERO);
                        return List.<UUID>of();
                    }
                    return List.of(delivery.id());
                })
                .orElse(List.of());
    }

    private UUID enqueue(String key) {
        return enqueue(key, "{");
    }

    private UUID enqueue(String key, String body) {
        return enqueue(key, body, Caller.local().actingFor(facility));
    }

    private UUID enqueue(String key, String body, Caller caller) {
        Arrival arrival = new Arrival(
                caller,
                exchange.base(),
                key,
                key,
                Map.of("Content-Type", "application/fhir+json"),
                body.getBytes(StandardCharsets.UTF_8));
        return waiting.enqueue(arrival).orElseThrow();
    }

    private Answer send(Bundle bundle) {
        return exchange.post("", exchange.json(bundle), headers());
    }

    private String[] headers() {
        return new String[] {"Prefer", "respond-async", "Keneya-Facility", facility};
    }

    private Bundle outcomeOf(Answer accepted) {
        String address = accepted.header("Content-Location").orElseThrow();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> exchange.get(address), answer -> answer.status() == 200)
                .bundle();
    }

    /** Of a child with a weight: she would be found by her number, her weight would be there twice. */
    private Bundle aVisit() {
        String child = aPlaceholder();
        return transaction(creating(child, aChild(recordNumber)), creating(weightOf(child, "7.4")));
    }

    private int weights() {
        return exchange.get("Observation?owner=" + facility).entries().size();
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
