package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a clinic's whole sheet says, sent again and again without a name of its own. */
@KeneyaIntegrationTest
class RepeatedSheetsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void aCorrectionThatIsTakenBackIsCarriedOut() {
        send("9.5").hasStatus(200);
        send("9.9").hasStatus(200);
        Answer back = send("9.5").hasStatus(200);

        assertThat(back.header("Keneya-Replayed")).isEmpty();
        assertThat(weights()).singleElement().isEqualTo("9.5");
    }

    @Test
    void whatStillHoldsIsARepetition() {
        send("9.5").hasStatus(200);

        Answer again = send("9.5").hasStatus(200);

        assertThat(again.header("Keneya-Replayed")).hasValue("true");
    }

    @Test
    void aPersonWhomSomebodyChangedSinceStillHolds() {
        send("9.5").hasStatus(200);
        Patient kept = (Patient) exchange.get("Patient?identifier=" + recordNumber)
                .entries()
                .get(0)
                .getResource();
        kept.addName().setFamily("Sangaré");
        exchange.put("Patient/" + kept.getIdElement().getIdPart(), kept, "Keneya-Facility", facility)
                .hasStatus(200);

        assertThat(send("9.5").hasStatus(200).header("Keneya-Replayed")).hasValue("true");
    }

    @Test
    void whatWasAcceptedAndForgottenIsNotKeptForCorrection() {
        Bundle named = sheet("9.5");
        named.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(unique("named"));
        exchange.post(named, facility).hasStatus(200);
        jdbc.sql("update keneya.receipt set answer = null where facility = :facility")
                .param("facility", facility)
                .update();

        Answer again = exchange.post(named, facility).isRefused(422, "ML-INTAKE-013");

        assertThat(again.header("Keneya-Quarantine")).isEmpty();
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).isEmpty();
    }

    private Answer send(String weight) {
        return exchange.post(sheet(weight), facility);
    }

    private Bundle sheet(String weight) {
        Patient child = aChild(recordNumber);
        Bundle sheet = transaction(creating(child));
        sheet.getEntryFirstRep()
                .setFullUrl("urn:uuid:5f1a2f8e-3c0a-4d0e-9f59-1d6f4b2f7c11")
                .getRequest()
                .setIfNoneExist("identifier=" + child.getIdentifierFirstRep().getSystem() + "|" + recordNumber);
        Observation measure = weightOf("urn:uuid:5f1a2f8e-3c0a-4d0e-9f59-1d6f4b2f7c11", weight);
        measure.addIdentifier()
                .setSystem("https://keneya.ml/id/site/" + facility + "/observation")
                .setValue(recordNumber);
        sheet.addEntry()
                .setResource(measure)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("Observation?identifier=https://keneya.ml/id/site/" + facility + "/observation|"
                        + recordNumber);
        return sheet;
    }

    private java.util.List<String> weights() {
        return exchange
                .get("Observation?identifier=https%3A%2F%2Fkeneya.ml%2Fid%2Fsite%2F" + facility + "%2Fobservation%7C"
                        + recordNumber)
                .entries()
                .stream()
                .map(entry -> ((Observation) entry.getResource())
                        .getValueQuantity()
                        .getValue()
                        .toPlainString())
                .toList();
    }
}
