package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Decision 0076: a record whose code exposes the person is kept with a label, whoever forgot it. */
@KeneyaIntegrationTest
class LabelsSensitiveCodesIT {

    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";

    @Autowired
    Exchange exchange;

    @Test
    void labelsWhatComesAlone() {
        Condition kept = read(created(exchange.create(diagnosis("B20.3"))));

        assertThat(labels(kept)).containsExactly("HIV");
    }

    @Test
    void labelsWhatComesInABundle() {
        String person = aPlaceholder();
        Condition depression = diagnosis("F32.1");
        depression.getSubject().setReference(person);

        Answer answer = exchange.post(
                        transaction(creating(person, aChild(unique("record"))), creating(depression)),
                        unique("facility"))
                .hasStatus(200);

        String address =
                answer.bundle().getEntry().get(1).getResponse().getLocation().replaceAll("/_history/.*", "");
        assertThat(labels(read(address))).containsExactly("PSY");
    }

    @Test
    void leavesALabelToTheSenderWhoPutOne() {
        Condition restricted = diagnosis("B20.3");
        restricted
                .getMeta()
                .addSecurity(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                        .setCode("R"));

        assertThat(labels(read(created(exchange.create(restricted))))).containsExactly("R");
    }

    /** It forbids the name and hides nothing: it is no judgement of what the code tells. */
    @Test
    void labelsWhatBearsOnlyTheLabelOfFeedback() {
        Condition answered = diagnosis("B20");
        answered.getMeta()
                .addSecurity(new Coding()
                        .setSystem("https://keneya.ml/fhir/CodeSystem/ml-sensitivity")
                        .setCode("feedback"));

        assertThat(labels(read(created(exchange.create(answered))))).containsExactlyInAnyOrder("feedback", "HIV");
    }

    @Test
    void labelsNoOtherDiagnosis() {
        assertThat(labels(read(created(exchange.create(diagnosis("B05.9")))))).isEmpty();
    }

    /** Who corrects a record and leaves the label out does not open it; the same content makes no new version. */
    @Test
    void keepsTheLabelThroughCorrections() {
        Condition unlabelled = diagnosis("B20.3");
        String address = created(exchange.create(unlabelled));
        unlabelled.setId(address);

        exchange.put(address, unlabelled).hasStatus(200);
        assertThat(read(address).getMeta().getVersionId()).isEqualTo("1");

        unlabelled.addNote().setText("Suivi à Kita");
        exchange.put(address, unlabelled).hasStatus(200);
        assertThat(labels(read(address))).containsExactly("HIV");
        assertThat(read(address).getMeta().getVersionId()).isEqualTo("2");
    }

    @Test
    void labelsWhatAPatchMakesSensitive() {
        String address = created(exchange.create(diagnosis("B05.9")));

        exchange.send(
                        "PATCH",
                        address,
                        "application/json-patch+json",
                        BodyPublishers.ofString(
                                "[{\"op\":\"replace\",\"path\":\"/code/coding/0/code\",\"value\":\"B24\"}]"))
                .hasStatus(200);

        assertThat(labels(read(address))).containsExactly("HIV");
    }

    private Condition diagnosis(String code) {
        Condition diagnosis = new Condition();
        diagnosis.getCode().addCoding().setSystem(ICD_10).setCode(code);
        diagnosis.setOnset(new DateTimeType("2026-11-10"));
        diagnosis.getSubject().setReference(created(exchange.create(aChild(unique("record")))));
        return diagnosis;
    }

    private static String created(Answer answer) {
        return answer.hasStatus(201)
                .header("Location")
                .orElseThrow()
                .replaceAll(".*/fhir/", "")
                .replaceAll("/_history/.*", "");
    }

    private Condition read(String address) {
        return exchange.get(address).hasStatus(200).as(Condition.class);
    }

    private static List<String> labels(Condition record) {
        return record.getMeta().getSecurity().stream()
                .filter(label -> !label.getSystem().endsWith("/ml-owner"))
                .map(Coding::getCode)
                .toList();
    }
}
