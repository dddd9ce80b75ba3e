package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A sender that waits for its answer no longer than it says ({@code Prefer: wait}) or than is usual. */
@KeneyaIntegrationTest
class TimeBudgetIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "batch"})
    void carriesOutLaterWhatTakesLongerThanItsSenderWaits(String type) {
        Bundle visit = type.equals("batch")
                ? batch(creating(aChild(recordNumber)))
                : transaction(creating(aChild(recordNumber)));

        Answer moved = send(visit, "wait=0").hasStatus(202);

        assertThat(moved.as(OperationOutcome.class).getIssueFirstRep().getDiagnostics())
                .contains("conservé", moved.header("Content-Location").orElseThrow());
        assertThat(moved.header("Retry-After")).isPresent();
        assertThat(outcomeOf(moved).getEntryFirstRep().getResponse().getStatus())
                .isEqualTo("200");
        assertThat(children()).isEqualTo(1);
        // Sent again, it is known.
        assertThat(send(visit, "wait=60").hasStatus(200).bundle().hasEntry()).isTrue();
        assertThat(children()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=60", "respond-async, wait=60", "return=minimal"})
    void answersAtOnceWhatIsDoneInTime(String preference) {
        send(transaction(creating(aChild(recordNumber))), preference).hasStatus(200);
    }

    /** Nobody hears of a refusal later who has not asked to be answered later. */
    @Test
    void refusesAtOnceWhatIsWrong() {
        send(transaction(creating(weightOf("Patient/" + unique("nobody"), "9.5"))), "wait=0")
                .isRefused(422, "ML-INTAKE-005");
    }

    @Test
    void answersReadsAtOnce() {
        Bundle visit = transaction(creating(aChild(recordNumber)), reading("Patient?_id=" + unique("x")));

        send(visit, "wait=0").hasStatus(200);
    }

    private Answer send(Bundle bundle, String preference) {
        return exchange.post("", exchange.json(bundle), "Keneya-Facility", facility, "Prefer", preference);
    }

    private Bundle outcomeOf(Answer moved) {
        String status = moved.header("Content-Location").orElseThrow();
        Answer answer = exchange.get(status);
        while (answer.status() == 202) {
            answer = exchange.get(status);
        }
        return answer.hasStatus(200).bundle();
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
