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

import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Concurrency is our problem, not the clinic's: whatever is sent at the same moment, nobody hears of a conflict. */
@KeneyaIntegrationTest
class SimultaneousDeliveriesIT {

    private static final int SENDERS = 50;
    private static final String NINA = "https://keneya.ml/id/nina";

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void countsABundleOnceThatFiftySendAtTheSameMoment() throws Exception {
        String child = aPlaceholder();
        Bundle visit = transaction(creating(child, aChild(recordNumber)), creating(weightOf(child, "7.4")));
        visit.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(unique("key"));

        List<Answer> answers = AtOnce.send(SENDERS, sender -> exchange.post(visit, facility));

        assertThat(answers).allSatisfy(answer -> answer.hasStatus(200));
        assertThat(answers).extracting(Answer::body).containsOnly(answers.get(0).body());
        assertThat(answers)
                .filteredOn(answer -> answer.header("Keneya-Replayed").isEmpty())
                .hasSize(1);
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void countsABatchOnceThatEightSendAtTheSameMoment() throws Exception {
        Bundle batch = batch(creating(aChild(recordNumber)));

        List<Answer> answers = AtOnce.send(8, sender -> exchange.post(batch, facility));

        assertThat(answers).extracting(this::firstStatus).containsOnly("201 Created");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void createsOneRecordForFiftyWithTheSameIfNoneExist() throws Exception {
        String condition = "identifier=" + Records.RECORD_NUMBER + "|" + recordNumber;

        List<Answer> answers =
                AtOnce.send(SENDERS, sender -> exchange.create(aChild(recordNumber), "If-None-Exist", condition));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void createsOneVisitForTwentyBundlesWithTheSameIfNoneExist() throws Exception {
        String visitNumber = unique("visit");

        List<Answer> answers = AtOnce.send(20, sender -> exchange.post(aNewVisit(visitNumber), facility));

        assertThat(answers).allSatisfy(answer -> answer.hasStatus(200));
        assertThat(exchange.get("Encounter?identifier=" + visitNumber).entries())
                .hasSize(1);
    }

    @Test
    void storesOneRecordForFiftyPutsOfTheSamePatient() throws Exception {
        Patient child = aChild(recordNumber);
        child.setId(unique("child"));

        List<Answer> answers = AtOnce.send(SENDERS, sender -> exchange.put(pathOf(child), child));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(exchange.get(pathOf(child)).as(Patient.class).getMeta().getVersionId())
                .isEqualTo("1");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void letsTwentyReplaceTheSamePatientWithoutACondition() throws Exception {
        Patient child = aChild(recordNumber);
        child.setId(unique("child"));
        exchange.put(pathOf(child), child).hasStatus(201);

        List<Answer> alone = AtOnce.send(10, sender -> exchange.put(pathOf(child), bornOn(sender + 10, child)));
        List<Answer> inBundles =
                AtOnce.send(10, sender -> exchange.post(transaction(putting(bornOn(sender + 20, child))), facility));

        assertThat(alone).extracting(Answer::status).containsOnly(200);
        assertThat(inBundles).extracting(Answer::status).containsOnly(200);
        assertThat(exchange.get(pathOf(child)).as(Patient.class).getMeta().getVersionId())
                .isEqualTo("21");
    }

    @Test
    void makesOnePersonOfTwoSearchesForHer() throws Exception {
        String nina = unique("nina");
        Patient child = aChild(recordNumber);
        child.addIdentifier().setSystem(NINA).setValue(nina);
        String byNina = "identifier=" + NINA + "|" + nina;
        String byRecord = "identifier=" + Records.RECORD_NUMBER + "|" + recordNumber;

        List<Answer> answers = AtOnce.send(
                SENDERS,
                sender -> sender % 2 == 0
                        ? exchange.create(child, "If-None-Exist", sender % 4 == 0 ? byNina : byRecord)
                        : exchange.post(creatingUnless(sender % 4 == 1 ? byNina : byRecord, child), facility));

        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 201);
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void givesTheAnswerOfTheFirstTryToAnUpdateThatIsSentAgainWhileItRuns() throws Exception {
        Patient child = aChild(recordNumber);
        child.setId(unique("child"));
        exchange.put(pathOf(child), child).hasStatus(201);
        BundleEntryComponent update = putting(bornOn(11, child));
        update.getRequest().setIfMatch("W/\"1\"");
        // Eight bundles of one delivery, and eight that hold the same update among something new.
        List<Answer> answers = AtOnce.send(
                16,
                sender -> sender < 8
                        ? exchange.post(transaction(update), facility)
                        : exchange.post(transaction(update, creating(aChild(unique("record")))), facility));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers).extracting(this::firstTag).containsOnly("W/\"2\"");
        assertThat(exchange.get(pathOf(child)).as(Patient.class).getMeta().getVersionId())
                .isEqualTo("2");
    }

    private static Patient bornOn(int day, Patient child) {
        Patient changed = child.copy();
        changed.setBirthDateElement(new DateType("2025-05-" + day));
        return changed;
    }

    private static String pathOf(Patient child) {
        return "Patient/" + child.getIdElement().getIdPart();
    }

    private Bundle aNewVisit(String visitNumber) {
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED);
        visit.addIdentifier().setSystem("https://example.org/visit").setValue(visitNumber);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        String child = aPlaceholder();
        visit.getSubject().setReference(child);
        BundleEntryComponent entry = creating(visit);
        entry.getRequest().setIfNoneExist("identifier=https://example.org/visit|" + visitNumber);
        return transaction(creating(child, aChild(recordNumber)), entry);
    }

    private static Bundle creatingUnless(String condition, Patient child) {
        BundleEntryComponent entry = creating(child.copy());
        entry.getRequest().setIfNoneExist(condition);
        return transaction(entry);
    }

    private String firstStatus(Answer answer) {
        return answer.hasStatus(200).entries().get(0).getResponse().getStatus();
    }

    private String firstTag(Answer answer) {
        return answer.entries().get(0).getResponse().getEtag();
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
