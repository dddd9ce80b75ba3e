package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An entry of a batch that cannot be stored for the moment is no fault of those that point to it. */
@KeneyaIntegrationTest
class MomentaryEntriesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FULL = "ML-INTAKE-030";
    private static final String UNRESOLVED = "ML-INTAKE-005";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String key = unique("key");
    private final String trouble = "keneya.trouble_of_" + facility.replaceAll("\\W", "_");
    private final String child = aPlaceholder();

    /** For the first entry the disk of the database is full; the others find room. */
    @BeforeEach
    void failForTheFirst() {
        jdbc.sql("create function " + trouble + "() returns trigger language plpgsql as"
                        + " 'begin raise exception using errcode = ''53100''; end'")
                .update();
        jdbc.sql("create trigger first_entry before insert on keneya.receipt for each row when (new.facility = '"
                        + facility + "' and new.entry = 1) execute function " + trouble + "()")
                .update();
    }

    @AfterEach
    void recover() {
        jdbc.sql("drop function if exists " + trouble + " cascade").update();
    }

    @Test
    void letsWhatPointsToAnEntryThatFailedForTheMomentFailForTheMomentToo() {
        String weight = aPlaceholder();
        Observation derived = weightOf(child, "7.2");
        derived.addDerivedFrom().setReference(weight);
        Bundle batch = batch(
                creating(child, aChild(unique("record"))),
                creating(weight, weightOf(child, "7.1")),
                creating(derived),
                creating(aChild(unique("record"))));

        Answer failed = send(batch);

        assertThat(statusesOf(failed)).containsExactly("503", "503", "503", "201");
        assertThat(failed.entries().subList(0, 3))
                .allSatisfy(entry -> assertThat(codesOf(entry)).containsExactly(FULL));
        assertThat(issuesOf(failed.entries().get(1)).get(0).getDiagnostics()).contains("renvoyez-le tel quel");
        assertThat(failed.header("Keneya-Quarantine")).isEmpty();
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).isEmpty();

        recover();
        Answer finished = send(batch);

        assertThat(statusesOf(finished)).containsOnly("201");
        assertThat(exchange.get("Observation?owner=" + facility).entries()).hasSize(2);
    }

    @Test
    void doesTheSameForWhatPointsToTheAddressOfTheRecord() {
        Patient known = aChild(unique("record"));
        known.setId(unique("child"));

        Answer failed = send(batch(putting(known), creating(weightOf("Patient/" + known.getIdPart(), "7.1"))));

        assertThat(statusesOf(failed)).containsExactly("503", "503");
        assertThat(failed.header("Keneya-Quarantine")).isEmpty();
    }

    @Test
    void refusesForGoodWhatIsWrongInAnyCase() {
        String unknown = "Patient/" + unique("nobody");
        Observation twofold = weightOf(child, "7.1");
        twofold.addPerformer().setReference("Practitioner/" + unique("nobody"));

        Answer failed = send(batch(
                creating(child, aChild(unique("record"))),
                creating(weightOf(child, "7.2").setStatus(null)),
                creating(weightOf(unknown, "7.3")),
                creating(twofold)));

        assertThat(statusesOf(failed)).containsExactly("503", "422", "422", "422");
        assertThat(codesOf(failed.entries().get(1))).contains("ML-VALIDATION-001");
        assertThat(codesOf(failed.entries().get(2))).containsExactly(UNRESOLVED);
        assertThat(codesOf(failed.entries().get(3))).containsExactly(UNRESOLVED);
        assertThat(issuesOf(failed.entries().get(3)).get(0).getExpression())
                .extracting(expression -> expression.getValue())
                .containsExactly("Bundle.entry[3].resource.performer[0].reference");
        assertThat(failed.header("Keneya-Quarantine")).isPresent();
    }

    @Test
    void refusesForGoodWhatPointsToAnEntryThatWasRefusedForGood() {
        String refused = aPlaceholder();
        Patient wrong = aChild(unique("record"));
        wrong.getIdentifier().clear();
        wrong.getName().clear();

        Answer failed = send(batch(
                creating(aChild(unique("record"))), creating(refused, wrong), creating(weightOf(refused, "7.1"))));

        assertThat(statusesOf(failed)).containsExactly("503", "422", "422");
        assertThat(codesOf(failed.entries().get(2))).containsExactly(UNRESOLVED);
    }

    /** Otherwise whoever corrects it after its last try would not find what is stored of it. */
    @Test
    void keepsTheNameOfABatchThatWaitsForItsNextTry() {
        Bundle batch = batch(creating(child, aChild(unique("record"))), creating(weightOf(child, "7.1")));
        batch.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(key);

        exchange.post("", exchange.json(batch), "Keneya-Facility", facility, "Prefer", "respond-async")
                .hasStatus(202);

        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select key from keneya.delivery where facility = :facility")
                        .param("facility", facility)
                        .query(String.class)
                        .single()
                        .equals("bundle:https://keneya.ml/id/submission|" + key));
        recover();
        await().atMost(PATIENCE)
                .until(() ->
                        exchange.get("Observation?owner=" + facility).entries().size() == 1);
    }

    private Answer send(Bundle batch) {
        return exchange.post("", exchange.json(batch), "Keneya-Facility", facility, "Idempotency-Key", key);
    }

    private static List<String> statusesOf(Answer answer) {
        return answer.hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getStatus().substring(0, 3))
                .toList();
    }

    private static List<String> codesOf(BundleEntryComponent entry) {
        return issuesOf(entry).stream()
                .map(issue -> issue.getDetails().getCodingFirstRep().getCode())
                .toList();
    }

    private static List<OperationOutcomeIssueComponent> issuesOf(BundleEntryComponent entry) {
        return ((OperationOutcome) entry.getResponse().getOutcome()).getIssue();
    }
}
