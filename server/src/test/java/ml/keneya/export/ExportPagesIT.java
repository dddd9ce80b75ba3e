package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Manifests of an export that is under way (Bulk Data Access 3.0, allowPartialManifests). */
@KeneyaIntegrationTest
class ExportPagesIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    ExportClient client;
    String child;
    String weight;

    @BeforeEach
    void write() {
        client = new ExportClient(exchange);
        child = writer.write(aChild(unique("record"))).getIdPart();
        weight = writer.write(weightOf("Patient/" + child, "7.1")).getIdPart();
    }

    @Test
    void listsFilesWhileOthersAreNotKnownYet() {
        String status = underWay("&allowPartialManifests=true");

        Answer running = exchange.get(status).hasStatus(202);
        JsonNode first = ExportClient.json(running.body());

        assertThat(running.header("Content-Type")).contains("application/json");
        assertThat(running.header("X-Progress")).contains("1 types sur 2");
        assertThat(running.header("Retry-After")).isPresent();
        assertThat(first.path("output"))
                .extracting(file -> file.path("type").asText())
                .containsExactly("Observation");
        assertThat(first.has("link")).isFalse();
        assertThat(exchange.get(first.at("/output/0/url").asText())
                        .hasStatus(200)
                        .body())
                .contains(weight);
        assertThat(ExportClient.json(exchange.get(status).hasStatus(202).body()))
                .isEqualTo(first);

        letOthersGoOn(status);
        JsonNode ready = client.whenReady(status).manifest();
        String next = ready.at("/link/0/url").asText();
        JsonNode second = ExportClient.json(exchange.get(next).hasStatus(200).body());

        assertThat(ready.at("/link/0/relation").asText()).isEqualTo("next");
        assertThat((JsonNode) ((ObjectNode) ready).without("link"))
                .as("only the link was added")
                .isEqualTo(first);
        assertThat(second.path("output"))
                .extracting(file -> file.path("type").asText())
                .containsExactly("Patient");
        assertThat(second.has("link")).isFalse();
        assertThat(second.path("transactionTime")).isEqualTo(first.path("transactionTime"));
        assertThat(second.path("request")).isEqualTo(first.path("request"));
        assertThat(exchange.get(second.at("/output/0/url").asText()).body()).contains(child);
        exchange.get(next.replace("_page=2", "_page=3")).isRefused(404, "ML-EXPORT-002");
        exchange.get(next, "Keneya-Facility", unique("cscom")).isRefused(404, "ML-EXPORT-002");
    }

    @Test
    void listsEverythingAtOnceWhenNobodyHasAskedBefore() {
        Export export = client.export(query("&allowPartialManifests=true"));

        assertThat(export.manifest().path("output")).hasSize(2);
        assertThat(export.manifest().has("link")).isFalse();
    }

    @Test
    void showsNoManifestBeforeTheEndToWhoDoesNotWantOne() {
        String status = underWay("&allowPartialManifests=false");

        assertThat(exchange.get(status).hasStatus(202).body()).isEmpty();

        letOthersGoOn(status);
        assertThat(client.whenReady(status).manifest().path("output")).hasSize(2);
    }

    @Test
    void refusesWhatIsNeitherTrueNorFalse() {
        exchange.get(query("&allowPartialManifests=perhaps"), ASYNC).isRefused(400, "ML-FHIR-040");
    }

    private String query(String more) {
        return "Patient/$export?_type=Observation,Patient&patient=Patient/" + child + more;
    }

    /** Of which another server copy has found out the first type, and is at the second. */
    private String underWay(String more) {
        Export export = client.export(query(more));
        jdbc.sql("delete from keneya.export_planned where job = :job and resource_type = 'Patient'")
                .param("job", jobOf(export.status()))
                .update();
        jdbc.sql("delete from keneya.export_part where job = :job and resource_type = 'Patient'")
                .param("job", jobOf(export.status()))
                .update();
        jdbc.sql("update keneya.export_part set page = null where job = :job")
                .param("job", jobOf(export.status()))
                .update();
        claim(export.status(), "interval '1 minute'");
        return export.status();
    }

    private void letOthersGoOn(String status) {
        claim(status, "interval '-1 second'");
    }

    private void claim(String status, String until) {
        jdbc.sql("update keneya.export_job set ready = false, claimed_until = now() + " + until + " where id = :job")
                .param("job", jobOf(status))
                .update();
    }

    private static UUID jobOf(String status) {
        return UUID.fromString(status.replaceAll(".*=", ""));
    }
}
