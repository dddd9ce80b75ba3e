package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The policies "report" and "off", which the tests' server has for schedules and slots, and what a writer is told. */
@KeneyaIntegrationTest
class PolicyIT {

    private static final String WANTS_OUTCOME = "return=OperationOutcome";

    @Autowired
    Exchange exchange;

    @Test
    void reportsWhatIsWrongWithAStoredRecord() {
        Answer answer = exchange.create(new Schedule().setComment(unique("garde")), "Prefer", WANTS_OUTCOME);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(severities(answer)).contains(IssueSeverity.WARNING).doesNotContain(IssueSeverity.ERROR);
        answer.says("actor");
    }

    @Test
    void reportsWhatIsWrongWithAnUpdatedRecord() {
        Schedule schedule = new Schedule().setComment("nuit");
        schedule.setId(unique("garde"));
        String path = "Schedule/" + schedule.getIdPart();
        exchange.put(path, schedule);

        Answer answer = exchange.put(path, schedule.setComment("jour"), "Prefer", WANTS_OUTCOME);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(severities(answer)).contains(IssueSeverity.WARNING).doesNotContain(IssueSeverity.ERROR);
        answer.says("Ceci n'empêche pas l'enregistrement.");
        assertThat(answer.body()).doesNotContain("renvoyez");
    }

    @Test
    void reportsWhatIsWrongWithAStoredRecordOfABundle() {
        Answer answer =
                exchange.post(transaction(creating(new Schedule().setComment(unique("garde")))), unique("cscom"));

        Bundle stored = answer.as(Bundle.class);
        assertThat(stored.getEntryFirstRep().getResponse().getStatus()).startsWith("201");
        OperationOutcome outcome =
                (OperationOutcome) stored.getEntryFirstRep().getResponse().getOutcome();
        assertThat(outcome.getIssue()).isNotEmpty().allMatch(issue -> issue.getSeverity() == IssueSeverity.WARNING);
    }

    @Test
    void doesNotLookWhereValidationIsOff() {
        Answer answer = exchange.create(new Slot().setComment(unique("creux")), "Prefer", WANTS_OUTCOME);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(severities(answer)).containsExactly(IssueSeverity.INFORMATION);
    }

    @Test
    void tellsTheWriterOfOneRecordItsWarnings() {
        Patient child = aChild(unique("record"));
        child.addIdentifier().setSystem("https://keneya.ml/id/nina").setValue("1 23 456");

        Answer created = exchange.create(child, "Prefer", WANTS_OUTCOME);

        assertThat(created.status()).isEqualTo(201);
        assertThat(severities(created)).contains(IssueSeverity.WARNING);
        created.says("Enregistré");
        assertThat(created.body()).doesNotContain("Successfully");
    }

    @Test
    void answersWithTheRecordUnlessAskedForItsFindings() {
        Patient created = exchange.create(aChild(unique("record"))).as(Patient.class);

        assertThat(created.getIdElement().hasIdPart()).isTrue();
    }

    private static List<IssueSeverity> severities(Answer answer) {
        return answer.as(OperationOutcome.class).getIssue().stream()
                .map(OperationOutcome.OperationOutcomeIssueComponent::getSeverity)
                .toList();
    }
}
