package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every record of an accepted bundle can be traced to who sent it, for whom, when, and in which bytes. */
@KeneyaIntegrationTest
class ProvenanceIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    @Test
    void tellsWhereARecordCameFrom() {
        Patient child = aChild(unique("record"));
        child.getMeta().setSource("https://emr.example/export#7");
        String location = locationOf(exchange.post(transaction(creating(child)), facility));
        String address = location.replaceAll("/_history/.*", "");

        Provenance provenance = only(exchange.get("Provenance?target=" + address));

        assertThat(provenance.getTarget()).extracting(Reference::getReference).containsExactly(location);
        assertThat(provenance.getRecorded()).isNotNull();
        assertThat(provenance.getAgentFirstRep().getWho().getIdentifier().getValue())
                .isEqualTo("local");
        assertThat(provenance.getAgentFirstRep().getOnBehalfOf().getIdentifier().getValue())
                .isEqualTo(facility);
        assertThat(provenance.getEntity())
                .extracting(entity -> entity.getWhat().getIdentifier().getValue())
                .contains("https://emr.example/export#7")
                .anyMatch(value -> value.startsWith("nih:sha-256;"));
    }

    @Test
    void namesTheBytesAsTheyWereSent() throws Exception {
        // No canonical form: with a line of its own, and in the order of the sender.
        String sent = exchange.json(transaction(creating(aChild(unique("record"))))) + "\n ";
        String location = locationOf(exchange.post("", sent, "Keneya-Facility", facility));

        Provenance provenance = only(exchange.get("Provenance?target=" + location.replaceAll("/_history/.*", "")));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(sent.getBytes(StandardCharsets.UTF_8));
        assertThat(provenance.getEntity())
                .extracting(entity -> entity.getWhat().getIdentifier().getValue())
                .contains("nih:sha-256;" + HexFormat.of().formatHex(digest));
    }

    @Test
    void isReadUnderItsOwnAddress() {
        String location = locationOf(exchange.post(transaction(creating(aChild(unique("record")))), facility));
        Provenance found = only(exchange.get("Provenance?target=" + location.replaceAll("/_history/.*", "")));

        Provenance read =
                exchange.get("Provenance/" + found.getIdPart()).hasStatus(200).as(Provenance.class);

        assertThat(read.equalsDeep(found)).isTrue();
    }

    @Test
    void standsBesideWhatClientsStoredThemselves() {
        String location = locationOf(exchange.post(transaction(creating(aChild(unique("record")))), facility));
        String address = location.replaceAll("/_history/.*", "");
        Provenance own = new Provenance();
        own.addTarget().setReference(address);
        own.setRecorded(new java.util.Date());
        own.addAgent().getWho().setDisplay("Logiciel du CSCom");
        exchange.create(own).hasStatus(201);

        Answer found = exchange.get("Provenance?target=" + address);

        assertThat(found.entries()).hasSize(2);
    }

    private static Provenance only(Answer found) {
        assertThat(found.hasStatus(200).entries()).hasSize(1);
        return (Provenance) found.entries().get(0).getResource();
    }

    private static String locationOf(Answer answer) {
        return answer.hasStatus(200).entries().get(0).getResponse().getLocation();
    }
}
