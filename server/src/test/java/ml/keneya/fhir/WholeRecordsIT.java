package ml.keneya.fhir;

import static ml.keneya.test.Exchange.FHIR_JSON;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A record is kept whole or not at all: nothing that a sender wrote is dropped silently. */
@KeneyaIntegrationTest
class WholeRecordsIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void refusesAnElementThatFhirDoesNotHave() {
        create(aChildWith("\"prenom\": \"Awa\","))
                .isRefused(422, "ML-FHIR-033")
                .namesElement("Patient.prenom")
                .says("« prenom »");
    }

    @Test
    void refusesAnElementInTheWrongPlace() {
        create(aChildWith("\"contact\": [{}, {\"birthDate\": \"1990-01-01\"}],"))
                .isRefused(422, "ML-FHIR-033")
                .namesElement("Patient.contact[1].birthDate");
    }

    @Test
    void refusesACodeOutsideItsList() {
        create(aChildWith(
                        "\"maritalStatus\": {\"coding\": [{\"code\": \"M\"}]}, \"address\": [{\"use\": \"maison\"}],"))
                .isRefused(422, "ML-FHIR-034")
                .namesElement("Patient.address[0].use")
                .says("« maison »");
    }

    @Test
    void refusesTextWhereAStructureBelongs() {
        create(aChildWith("\"maritalStatus\": \"mariée\","))
                .isRefused(422, "ML-FHIR-035")
                .namesElement("Patient.maritalStatus");
    }

    @Test
    void refusesSeveralValuesWhereOneBelongs() {
        create(aChildWith("\"active\": [true, false],"))
                .isRefused(422, "ML-FHIR-035")
                .namesElement("Patient.active");
    }

    @Test
    void refusesAWordForANumberOrATruth() {
        create(aChildWith("\"multipleBirthInteger\": \"deux\",")).isRefused(422, "ML-FHIR-034");
        create(aChildWith("\"active\": \"oui\",")).isRefused(422, "ML-FHIR-034").says("« oui »");
    }

    @Test
    void namesAllFaultsAtOnce() {
        create(aChildWith("\"prenom\": \"Awa\", \"deceasedDateTime\": \"2026-02-30\", \"taille\": 1,"))
                .hasStatus(422)
                .namesElement("Patient.prenom")
                .namesElement("Patient.taille")
                .namesElement("Patient.deceasedDateTime");
    }

    @Test
    void refusesInXmlToo() {
        String xml =
                "<Patient xmlns=\"http://hl7.org/fhir\"><prenom value=\"Awa\"/><gender value=\"femme\"/></Patient>";

        exchange.send("POST", "Patient", "application/fhir+xml", BodyPublishers.ofString(xml), "Accept", FHIR_JSON)
                .hasStatus(422)
                .says("« prenom »")
                .says("« femme »");
    }

    @Test
    void namesTheEntryOfABundle() {
        String bundle = exchange.json(transaction(creating(aChild(unique("record"))), creating(aChild(recordNumber))));
        int second = bundle.indexOf("\"gender\":\"female\"", bundle.indexOf(recordNumber));
        String wrong = bundle.substring(0, second) + "\"prenom\":\"Awa\"," + bundle.substring(second);

        exchange.post("", wrong, "Keneya-Facility", facility)
                .isRefused(422, "ML-FHIR-033")
                .namesElement("Bundle.entry[1].resource.prenom");
        assertThat(children()).isZero();
    }

    @Test
    void refusesOnlyThatEntryOfABatch() {
        String batch = exchange.json(batch(creating(aChild(unique("record"))), creating(aChild(recordNumber))));
        String wrong = batch.replaceFirst("\"female\"", "\"femme\"");

        Answer answer = exchange.post("", wrong, "Keneya-Facility", facility).hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("422");
        assertThat(answer.body()).contains("Bundle.entry[0].resource.gender");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void refusesAWholeBatchThatIsWrongItself() {
        String batch = exchange.json(batch(creating(aChild(recordNumber)))).replaceFirst("\\{", "{\"expediteur\":1,");

        exchange.post("", batch, "Keneya-Facility", facility)
                .isRefused(422, "ML-FHIR-033")
                .namesElement("Bundle.expediteur");
        assertThat(children()).isZero();
    }

    @Test
    void keepsUnknownExtensionsAndValuesThatAreOnlyAnExtension() {
        String stranger = "[{\"url\": \"https://example.org/ethnie\", \"valueString\": \"Bozo\"}]";
        create(aChildWith("\"extension\": " + stranger + ", \"_deceasedDateTime\": {\"extension\": " + stranger + "},"))
                .hasStatus(201);
    }

    @Test
    void saysInValidationWhatIsWrongWithoutRefusing() {
        Answer verdict = exchange.post("Patient/$validate", aChildWith("\"prenom\": \"Awa\","))
                .hasStatus(200);

        assertThat(verdict.body()).contains("prenom");
    }

    private Answer create(String json) {
        return exchange.post("Patient", json, "Keneya-Facility", facility);
    }

    private String aChildWith(String members) {
        Patient child = aChild(recordNumber);
        return exchange.json(child).replaceFirst("\"identifier\"", members.replace("$", "\\$") + "\"identifier\"");
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
