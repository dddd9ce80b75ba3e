package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@KeneyaIntegrationTest
class IntakeIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");

    @Test
    void storesAChildAndHerWeightWithOneReceipt() {
        Bundle visit = aVisit(unique("key"));

        Answer answer = exchange.post(visit, facility).hasStatus(200);

        assertThat(answer.bundle().getType()).isEqualTo(BundleType.TRANSACTIONRESPONSE);
        assertThat(answer.entries())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsOnly("201 Created");
        assertThat(receipts()).isEqualTo(1);
        Observation weight = exchange.get(locationOf(answer, 1)).as(Observation.class);
        assertThat(weight.getSubject().getReference()).isEqualTo(locationOf(answer, 0));
    }

    @Test
    void countsAReplayedBundleOnce() {
        Bundle visit = aVisit(unique("key"));
        Answer first = exchange.post(visit, facility).hasStatus(200);

        Answer second = exchange.post(visit, facility).hasStatus(200);

        assertThat(second.header("Keneya-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEmpty();
        assertThat(locationOf(second, 0)).isEqualTo(locationOf(first, 0));
        assertThat(locationOf(second, 1)).isEqualTo(locationOf(first, 1));
        assertThat(weightsOf(locationOf(first, 0))).isEqualTo(1);
    }

    @Test
    void answersABundleInFewBytes() {
        Bundle visit = aVisit(unique("key"));

        Answer small = exchange.post(visit, facility).hasStatus(200);
        Answer packed = exchange.post("", exchange.json(visit), "Keneya-Facility", facility, "Accept-Encoding", "gzip");

        assertThat(small.entries()).noneMatch(entry -> entry.hasResource());
        assertThat(packed.hasStatus(200).header("Content-Encoding")).contains("gzip");
    }

    @Test
    void countsABundleOnceThatIsSentEightTimesAtTheSameMoment() throws Exception {
        Bundle visit = aVisit(unique("key"));
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            Callable<Answer> send = () -> exchange.post(visit, facility);
            List<Future<Answer>> answers = senders.invokeAll(Collections.nCopies(8, send));

            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(200);
            }
            assertThat(weightsOf(locationOf(answers.get(0).get(), 0))).isEqualTo(1);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void refusesAKeyThatWasAcceptedWithOtherContent() {
        String key = unique("key");
        exchange.post(aVisit(key), facility).hasStatus(200);

        exchange.post(aVisit(key), facility).isRefused(422, "ML-INTAKE-006");
    }

    @Test
    void takesTheSameKeyOfTwoSitesForTwoDeliveries() {
        String key = unique("key");
        String other = unique("cscom");

        Answer first = exchange.post(aVisit(key), facility).hasStatus(200);
        Answer second = exchange.post(aVisit(key), other).hasStatus(200);

        assertThat(second.header("Keneya-Replayed")).isEmpty();
        assertThat(locationOf(second, 1)).isNotEqualTo(locationOf(first, 1));
    }

    @Test
    void leavesTheKeyOfARefusedBundleFree() {
        String key = unique("key");
        Bundle wrong = aVisit(key);
        ((Observation) wrong.getEntry().get(1).getResource()).setStatusElement(null);
        exchange.post(wrong, facility).isRefused(422, "ML-VALIDATION-001");
        assertThat(receipts()).isZero();

        exchange.post(aVisit(key), facility).hasStatus(200);
    }

    @Test
    void namesTheEntryAndTheElementThatAreWrong() {
        Bundle wrong = aVisit(unique("key"));
        ((Observation) wrong.getEntry().get(1).getResource()).setStatusElement(null);

        exchange.post(wrong, facility)
                .isRefused(422, "ML-VALIDATION-001")
                .namesElement("Bundle.entry[1].resource")
                .says("obligatoire");
    }

    @Test
    void storesNothingOfABundleWithOneWrongEntry() {
        String recordNumber = unique("record");
        String child = aPlaceholder();
        Bundle wrong = transaction(
                creating(child, aChild(recordNumber)), creating(weightOf("Patient/" + unique("nobody"), "9.5")));

        exchange.post(wrong, facility).isRefused(422, "ML-INTAKE-005");

        assertThat(childrenWith(recordNumber)).isZero();
        assertThat(receipts()).isZero();
    }

    @Test
    void labelsEveryRecordWithItsFacilityAndLeavesThePersonToTheNation() {
        Answer answer = exchange.post(aVisit(unique("key")), facility).hasStatus(200);

        Observation weight = exchange.get(locationOf(answer, 1)).as(Observation.class);
        assertThat(weight.getMeta().getSecurity()).extracting("code").containsExactly(facility);
        Patient child = exchange.get(locationOf(answer, 0)).as(Patient.class);
        assertThat(child.getMeta().getSecurity()).isEmpty();
    }

    @Test
    void ignoresAnOwnerAndASourceThatTheSenderClaims() {
        Bundle visit = aVisit(unique("key"));
        Observation claimed = (Observation) visit.getEntry().get(1).getResource();
        claimed.getMeta()
                .setSource("https://elsewhere.example/source#1")
                .addSecurity()
                .setSystem("https://keneya.ml/fhir/CodeSystem/ml-owner")
                .setCode("somebody-else");

        Answer answer = exchange.post(visit, facility).hasStatus(200);

        Observation stored = exchange.get(locationOf(answer, 1)).as(Observation.class);
        assertThat(stored.getMeta().getSecurity()).extracting("code").containsExactly(facility);
        assertThat(stored.getMeta().getSource()).isEqualTo("https://keneya.ml/fhir/source/local/" + facility);
    }

    @Test
    void findsRecordsByTheirOwner() {
        exchange.post(aVisit(unique("key")), facility).hasStatus(200);

        Answer found = exchange.get("Observation?owner=" + facility);

        assertThat(found.entries()).hasSize(1);
    }

    @Test
    void answersTheReadsOfABundleAfterItsWritesInTheOrderSent() {
        Bundle visit = aVisit(unique("key"));
        String recordNumber = ((Patient) visit.getEntry().get(0).getResource())
                .getIdentifierFirstRep()
                .getValue();
        visit.getEntry().add(0, reading("Patient?identifier=" + recordNumber));

        Answer answer = exchange.post(visit, facility).hasStatus(200);

        assertThat(answer.entries()).hasSize(3);
        Bundle found = (Bundle) answer.entries().get(0).getResource();
        assertThat(found.getEntry()).hasSize(1);
        assertThat(answer.entries().get(1).getResponse().getStatus()).isEqualTo("201 Created");
    }

    @Test
    void doesNotUndoAnAcknowledgedWriteForAReadThatFails() {
        Bundle visit = aVisit(unique("key"));
        visit.addEntry(reading("Patient/" + unique("nobody")));

        Answer answer = exchange.post(visit, facility).hasStatus(200);

        assertThat(answer.entries().get(2).getResponse().getStatus()).startsWith("404");
        assertThat(weightsOf(locationOf(answer, 0))).isEqualTo(1);
    }

    @Test
    void keepsTheGoodEntriesOfABatchAndExplainsTheBadOne() {
        String good = unique("record");
        Observation withoutStatus = weightOf("Patient/" + unique("nobody"), "4");
        withoutStatus.setStatusElement(null);
        BundleEntryComponent bad = creating(withoutStatus);

        Answer answer =
                exchange.post(batch(bad, creating(aChild(good))), facility).hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("422");
        assertThat(answer.entries().get(1).getResponse().getStatus()).startsWith("201");
        assertThat(childrenWith(good)).isEqualTo(1);
    }

    @Test
    void letsEntriesOfABatchPointToOneAnother() {
        String recordNumber = unique("record");

        // The weight comes first, and each try has placeholders of its own.
        Answer first = exchange.post(aBatchOfAChildAndHerWeight(recordNumber), facility);
        Answer second = exchange.post(aBatchOfAChildAndHerWeight(recordNumber), facility);

        assertThat(first.entries())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsOnly("201 Created");
        Observation weight = exchange.get(locationOf(first, 0)).as(Observation.class);
        assertThat(locationOf(first, 1)).startsWith(weight.getSubject().getReference());
        assertThat(locationOf(second, 0)).isEqualTo(locationOf(first, 0));
        assertThat(childrenWith(recordNumber)).isEqualTo(1);
    }

    @Test
    void refusesInABatchWhatPointsToARefusedEntry() {
        String child = aPlaceholder();
        Patient wrong = aChild(unique("record"));
        wrong.setBirthDateElement(null);
        wrong.getIdentifier().clear();
        wrong.getName().clear();

        Answer answer = exchange.post(batch(creating(weightOf(child, "7.4")), creating(child, wrong)), facility);

        assertThat(answer.entries())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsOnly("422");
    }

    private static Bundle aBatchOfAChildAndHerWeight(String recordNumber) {
        String child = aPlaceholder();
        return batch(creating(weightOf(child, "7.4")), creating(child, aChild(recordNumber)));
    }

    @Test
    void carriesOutAgainWhatWasUndoneMeanwhile() {
        Patient child = aChild(unique("record"));
        child.setId(unique("child"));
        String path = "Patient/" + child.getIdPart();
        Bundle first = transaction(putting(child.copy()));
        Bundle second = transaction(putting(child.setActive(true)));
        Bundle deletion = transaction(deleting(path));

        exchange.post(first, facility).hasStatus(200);
        exchange.post(second, facility).hasStatus(200);
        exchange.post(first, facility).hasStatus(200);
        assertThat(exchange.get(path).as(Patient.class).hasActive()).isFalse();

        exchange.post(deletion, facility).hasStatus(200);
        exchange.post(second, facility).hasStatus(200);
        exchange.post(deletion, facility).hasStatus(200);
        exchange.get(path).isRefused(410, "ML-FHIR-005");
    }

    @Test
    void carriesOutTheEntriesOfABatchAgainThatWereUndoneMeanwhile() {
        Patient child = aChild(unique("record"));
        child.setId(unique("child"));
        String path = "Patient/" + child.getIdPart();

        exchange.post(batch(putting(child)), facility).hasStatus(200);
        exchange.post(batch(deleting(path)), facility).hasStatus(200);
        exchange.post(batch(putting(child)), facility).hasStatus(200);
        exchange.get(path).hasStatus(200);
        exchange.post(batch(deleting(path)), facility).hasStatus(200);

        exchange.get(path).isRefused(410, "ML-FHIR-005");
    }

    @Test
    void givesTheFirstAnswerToARepetitionWhileItStillHolds() {
        Patient child = aChild(unique("record"));
        child.setId(unique("child"));
        Bundle visit = transaction(putting(child));

        Answer first = exchange.post(visit, facility).hasStatus(200);
        Answer again = exchange.post(visit, facility).hasStatus(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Keneya-Replayed")).contains("true");
    }

    @Test
    void finishesABatchThatIsSentAgainWithoutDoublingWhatWasAccepted() {
        Bundle batch = aBatchOfAChildAndHerWeight(unique("record"));
        Answer first = exchange.post(batch, facility).hasStatus(200);

        Answer second = exchange.post(batch, facility).hasStatus(200);

        assertThat(locationOf(second, 0)).isEqualTo(locationOf(first, 0));
        assertThat(weightsOf(locationOf(first, 1))).isEqualTo(1);
    }

    @Test
    void finishesACorrectedBatchWithoutDoublingWhatWasAccepted() {
        String good = unique("record");
        String corrected = unique("record");
        Patient wrong = aChild(corrected);
        wrong.setBirthDateElement(null);
        wrong.getIdentifier().clear();
        exchange.post(batch(creating(aChild(good)), creating(wrong)), facility).hasStatus(200);

        Answer answer = exchange.post(batch(creating(aChild(good)), creating(aChild(corrected))), facility)
                .hasStatus(200);

        assertThat(answer.entries())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsOnly("201 Created");
        assertThat(childrenWith(good)).isEqualTo(1);
        assertThat(childrenWith(corrected)).isEqualTo(1);
    }

    @Test
    void givesTheSameAnswerToAnUpdateWhoseFirstTryMovedTheVersion() {
        Answer created = exchange.post(aVisit(unique("key")), facility).hasStatus(200);
        Patient child = exchange.get(locationOf(created, 0)).as(Patient.class);
        child.setActive(true);
        Bundle update = transaction(new BundleEntryComponent().setResource(child));
        update.getEntryFirstRep()
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(locationOf(created, 0))
                .setIfMatch("W/\"1\"");
        Answer first = exchange.post(update, facility).hasStatus(200);

        Answer second = exchange.post(update, facility).hasStatus(200);

        assertThat(second.body()).isEqualTo(first.body());
    }

    private static Bundle aVisit(String key) {
        String child = aPlaceholder();
        Bundle visit = transaction(creating(child, aChild(unique("record"))), creating(weightOf(child, "7.4")));
        visit.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(key);
        return visit;
    }

    private static String locationOf(Answer answer, int entry) {
        return answer.entries().get(entry).getResponse().getLocation().replaceAll("/_history/.*", "");
    }

    private int receipts() {
        return jdbc.sql("select count(*) from keneya.receipt where facility = :facility")
                .param("facility", facility)
                .query(Integer.class)
                .single();
    }

    private int weightsOf(String patient) {
        return exchange.get("Observation?subject=" + patient).entries().size();
    }

    private int childrenWith(String recordNumber) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
