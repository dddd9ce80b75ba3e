package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import ml.keneya.security.TestSystem;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the exchange publishes without being asked for ($bulk-publish, Bulk Data Access 4.0, ballot). */
@KeneyaIntegrationTest
class ExportPublicationIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    PublishesExports publishes;

    @Autowired
    Publications publications;

    @Autowired
    PreparesExports prepares;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void nothingIsPublished() {
        jdbc.sql("delete from keneya.export_job where id in (select job from keneya.export_publication)")
                .update();
    }

    @Test
    void publishesTheRegistriesWithoutAnybodyAsking() {
        String clinic = write("CSCom");
        publish();

        Answer answer = exchange.get("$bulk-publish").hasStatus(200);
        JsonNode manifest = ExportClient.json(answer.body());

        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(manifest.path("manifestType").asText()).endsWith("/BulkPublishManifest");
        assertThat(manifest.path("updateCadence").asText()).isEqualTo("PT24H");
        assertThat(manifest.path("transactionTime").asText()).isNotEmpty();
        assertThat(manifest.path("requiresAccessToken").asBoolean()).isFalse();
        assertThat(manifest.has("request")).as("nobody asked").isFalse();
        assertThat(manifest.path("output"))
                .extracting(file -> file.path("type").asText())
                .contains("Organization")
                .doesNotContain("Patient", "Observation");
        assertThat(lines(manifest)).contains(clinic);
    }

    @Test
    void saysThatNothingHasChangedSinceItWasRead() {
        write("CSCom");
        publish();
        String tag = exchange.get("$bulk-publish").header("ETag").orElseThrow();

        assertThat(exchange.get("$bulk-publish", "If-None-Match", tag)
                        .hasStatus(304)
                        .body())
                .isEmpty();
        exchange.get("$bulk-publish", "If-None-Match", "\"another\"").hasStatus(200);
    }

    @Test
    void staysTheSameUntilItIsTimeForAnother() {
        write("CSCom");
        publish();
        Answer first = exchange.get("$bulk-publish");
        String later = write("CSRef");
        publish();

        assertThat(exchange.get("$bulk-publish").body()).isEqualTo(first.body());

        String before = lines(ExportClient.json(first.body()));
        jdbc.sql("update keneya.export_publication set begun = now() - interval '25 hours'")
                .update();
        publish();
        JsonNode next = ExportClient.json(exchange.get("$bulk-publish").body());

        assertThat(lines(next)).contains(later);
        assertThat(before).doesNotContain(later);
        assertThat(lines(ExportClient.json(first.body())))
                .as("who has read the older manifest still gets its files")
                .isEqualTo(before);
    }

    @Test
    void givesUpWhatHasFailedOftenEnoughUntilTheNextIsDue() {
        write("CSCom");
        publishes.publishWhenDue();
        jdbc.sql("update keneya.export_job set attempts = :most where id = :id")
                .param("most", PreparesExports.MOST_ATTEMPTS)
                .param("id", publications.newest().orElseThrow())
                .update();

        publish();
        exchange.get("$bulk-publish").isRefused(404, "ML-EXPORT-012");

        jdbc.sql("update keneya.export_publication set begun = now() - interval '25 hours'")
                .update();
        publish();
        exchange.get("$bulk-publish").hasStatus(200);
    }

    @Test
    void isForAllWhoMayExportAndNobodyElse() {
        write("CSCom");
        publish();
        String[] other = {"Keneya-Facility", unique("cscom")};
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();

        JsonNode manifest = ExportClient.json(
                exchange.get("$bulk-publish", other).hasStatus(200).body());
        String file = manifest.at("/output/0/url").asText();

        exchange.get(file, other).hasStatus(200);
        for (String[] somebody : List.of(site, agency)) {
            // They may export, but not everything as it is.
            exchange.get(file, somebody).isRefused(404, "ML-EXPORT-002");
        }
        exchange.get("$bulk-publish", site).isRefused(403, "ML-FHIR-100");
        String status = file.replaceAll("export-file(.*)&_part.*", "export-poll-status$1");
        exchange.get(status, other).isRefused(404, "ML-EXPORT-002");
        exchange.delete(status).isRefused(404, "ML-EXPORT-002");
        exchange.get(file, other).hasStatus(200);
    }

    @Test
    void saysSoWhenNothingIsPublished() {
        exchange.get("$bulk-publish").isRefused(404, "ML-EXPORT-012").says("keneya.export.published-types");
    }

    private void publish() {
        publishes.publishWhenDue();
        prepares.prepare(publications.newest().orElseThrow(), Duration.ofMinutes(1));
    }

    private String write(String name) {
        Organization clinic = new Organization();
        clinic.setName(name + " " + unique("de"));
        clinic.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(unique("facility"));
        return writer.write(clinic).getIdPart();
    }

    private String lines(JsonNode manifest) {
        return StreamSupport.stream(manifest.path("output").spliterator(), false)
                .map(file ->
                        exchange.get(file.path("url").asText()).hasStatus(200).body())
                .reduce("", String::concat);
    }
}
