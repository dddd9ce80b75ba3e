package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Provenance of the deliveries that exported records came with (includeAssociatedData). */
@KeneyaIntegrationTest
class ExportProvenanceIT {

    @Autowired
    Exchange exchange;

    ExportClient client;
    String facility;
    String child;
    String weight;
    String stranger;

    /** One delivery brings two children and the weight of one; another corrects this child. */
    @BeforeEach
    void deliver() {
        client = new ExportClient(exchange);
        facility = unique("cscom");
        child = unique("child");
        stranger = unique("child");
        weight = unique("weight");
        Observation measured = weightOf("Patient/" + child, "7.1");
        measured.setId(weight);
        exchange.post(
                        transaction(putting(child(child, "Awa")), putting(child(stranger, "Issa")), putting(measured)),
                        facility)
                .hasStatus(200);
        exchange.post(transaction(putting(child(child, "Aminata"))), facility).hasStatus(200);
    }

    @Test
    void bringsTheDeliveryOfEachVersionThatIsExported() {
        Export export = export("LatestProvenanceResources");

        assertThat(targets(export))
                .containsExactlyInAnyOrder(
                        List.of("Patient/" + child + "/_history/2"), List.of("Observation/" + weight + "/_history/1"));
        assertThat(export.count("Provenance")).isEqualTo(2);
        assertThat(export.lines("Provenance")).allSatisfy(line -> {
            Provenance exported = exchange.context().newJsonParser().parseResource(Provenance.class, line);
            Provenance read = exchange.get(
                            "Provenance/" + exported.getIdElement().getIdPart())
                    .hasStatus(200)
                    .as(Provenance.class);
            assertThat(exported.getRecorded()).isEqualTo(read.getRecorded());
            assertThat(exported.getAgentFirstRep().equalsDeep(read.getAgentFirstRep()))
                    .isTrue();
            assertThat(line).contains(facility);
            assertThat(exported.getEntity()).hasSameSizeAs(read.getEntity());
        });
    }

    @Test
    void bringsAllDeliveriesOfEachRecordWhenTheyAreWanted() {
        Export export = export("RelevantProvenanceResources");

        assertThat(targets(export))
                .containsExactlyInAnyOrder(
                        List.of("Patient/" + child + "/_history/2"),
                        List.of("Observation/" + weight + "/_history/1", "Patient/" + child + "/_history/1"));
        assertThat(export.lines("Provenance")).noneMatch(line -> line.contains(stranger));
    }

    @Test
    void givesTheMostOfWhatIsAskedFor() {
        assertThat(targets(export("LatestProvenanceResources,RelevantProvenanceResources")))
                .isEqualTo(targets(export("RelevantProvenanceResources")));
    }

    @Test
    void tellsOfNoDeliveryAfterTheMoment() {
        String moment = export("RelevantProvenanceResources").transactionTime();
        exchange.post(transaction(putting(child(child, "Fanta"))), facility).hasStatus(200);

        Export export = client.export(
                query("RelevantProvenanceResources") + "&_until=" + URLEncoder.encode(moment, StandardCharsets.UTF_8));

        assertThat(targets(export)).flatMap(each -> each).doesNotContain("Patient/" + child + "/_history/3");
        List<String> lines = export.lines("Provenance");
        assertThat(export.lines("Provenance")).isEqualTo(lines).hasSize(2);
    }

    @Test
    void keepsItsBytesWhenTheSameIsDeliveredAnew() {
        Bundle delivery = transaction(putting(child(child, "Kadia")));
        exchange.post(delivery, facility).hasStatus(200);
        Export export = export("RelevantProvenanceResources");
        List<String> lines = export.lines("Provenance");
        exchange.post(transaction(putting(child(child, "Fanta"))), facility).hasStatus(200);

        // Meant anew, it takes over the key of its receipt.
        exchange.post(delivery, facility).hasStatus(200);

        assertThat(exchange.get("Patient/" + child).body()).contains("Kadia");
        assertThat(export.lines("Provenance")).isEqualTo(lines);
    }

    @Test
    void holdsForWholeTypesToo() {
        Export export = client.export("$export?_type=Observation&includeAssociatedData=LatestProvenanceResources");

        assertThat(targets(export)).contains(List.of("Observation/" + weight + "/_history/1"));
        assertThat(targets(export)).flatMap(each -> each).allMatch(target -> target.startsWith("Observation/"));
    }

    @Test
    void understandsACodingInParameters() {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("patient").setValue(new Reference("Patient/" + child));
        parameters.addParameter().setName("_type").setValue(new StringType("Patient"));
        parameters
                .addParameter()
                .setName("includeAssociatedData")
                .setValue(new Coding().setCode("LatestProvenanceResources"));

        String status = exchange.post("Patient/$export", exchange.json(parameters), ASYNC)
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();

        assertThat(targets(client.whenReady(status))).containsExactly(List.of("Patient/" + child + "/_history/2"));
    }

    @Test
    void refusesValuesThatItDoesNotKnow() {
        exchange.get(query("_everything"), ASYNC)
                .isRefused(400, "ML-EXPORT-011")
                .says("_everything");
        exchange.get(query("LatestProvenanceResources") + "&organizeOutputBy=Patient", ASYNC)
                .isRefused(400, "ML-EXPORT-011");
        OperationOutcome outcome = exchange.get(query("_everything"), "Prefer", "respond-async, handling=lenient")
                .hasStatus(202)
                .as(OperationOutcome.class);
        assertThat(outcome.getIssueFirstRep().getDiagnostics()).contains("includeAssociatedData=_everything", "ignoré");
    }

    private Export export(String associated) {
        return client.export(query(associated));
    }

    private String query(String associated) {
        return "Patient/$export?_type=Patient,Observation&patient=Patient/" + child + "&includeAssociatedData="
                + associated;
    }

    private static Patient child(String id, String given) {
        Patient child = aChild(id);
        child.setId(id);
        child.getNameFirstRep().getGiven().get(0).setValue(given);
        return child;
    }

    private static List<List<String>> targets(Export export) {
        return export.lines("Provenance").stream()
                .map(ExportClient::json)
                .map(provenance -> StreamSupport.stream(
                                provenance.path("target").spliterator(), false)
                        .map(target -> target.path("reference").asText())
                        .toList())
                .toList();
    }
}
