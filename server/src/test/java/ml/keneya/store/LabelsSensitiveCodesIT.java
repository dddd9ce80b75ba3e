package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
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

    @Autowired
    RecordSource source;

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

        patch(address, coded("B24"));

        assertThat(labels(read(address))).containsExactly("HIV");
    }

    /** The exchange put it for a code that is gone: kept, it would hide the measles from the district. */
    @Test
    void takesItsLabelBackWithTheCode() {
        String address = created(exchange.create(diagnosis("B24")));

        patch(address, coded("B05.9"));

        assertThat(labels(read(address))).isEmpty();
    }

    @Test
    void takesItsLabelBackFromWhatIsReadCorrectedAndPut() {
        String address = created(exchange.create(diagnosis("B24")));
        Condition corrected = read(address);
        assertThat(labels(corrected)).containsExactly("HIV");
        corrected.getCode().getCodingFirstRep().setCode("B05.9");

        exchange.put(address, corrected).hasStatus(200);

        assertThat(labels(read(address))).isEmpty();
    }

    @Test
    void putsTheLabelOfTheNewCodeForThatOfTheFormer() {
        String address = created(exchange.create(diagnosis("B24")));

        patch(address, coded("F32.1"));

        assertThat(labels(read(address))).containsExactly("PSY");
    }

    @Test
    void leavesTheSendersLabelThroughACorrectionOfTheCode() {
        Condition restricted = diagnosis("B24");
        restricted
                .getMeta()
                .addSecurity(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                        .setCode("R"));
        String address = created(exchange.create(restricted));

        patch(address, coded("B05.9"));

        assertThat(labels(read(address))).containsExactly("R");
    }

    @Test
    void putsBackALabelThatAPatchRemoves() {
        String address = created(exchange.create(diagnosis("B24")));

        patch(address, "{\"op\":\"remove\",\"path\":\"/meta/security\"}");

        assertThat(labels(read(address))).containsExactly("HIV");
    }

    @Test
    void makesNoNewVersionOfWhatIsPutBackAsRead() {
        String facility = unique("facility");
        String address = created(exchange.create(diagnosis("B24"), "Keneya-Facility", facility));

        exchange.put(address, read(address), "Keneya-Facility", facility).hasStatus(200);

        assertThat(read(address).getMeta().getVersionId()).isEqualTo("1");
    }

    /** A table of rows that is built anew takes labels from what is read here. */
    @Test
    void readsWhatIsOlderThanItsLabelAsLabelled() {
        assertThat(labels(older("B24", ""))).containsExactly("HIV");
        assertThat(labels(older("B05.9", ""))).isEmpty();
        assertThat(labels(older("B24", """
                        , "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]
                        """))).containsExactly("R");
    }

    private Condition older(String code, String security) {
        String json = """
                {"resourceType": "Condition", "meta": {"source": "urn:before"%s},
                 "code": {"coding": [{"system": "%s", "code": "%s"}]},
                 "subject": {"reference": "Patient/awa"}}
                """.formatted(security, ICD_10, code);
        return (Condition)
                source.read(new StoredVersion("Condition", "older", 1, Instant.parse("2026-11-01T08:00:00Z"), json));
    }

    private static String coded(String code) {
        return "{\"op\":\"replace\",\"path\":\"/code/coding/0/code\",\"value\":\"%s\"}".formatted(code);
    }

    private void patch(String address, String change) {
        exchange.send("PATCH", address, "application/json-patch+json", BodyPublishers.ofString("[" + change + "]"))
                .hasStatus(200);
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
