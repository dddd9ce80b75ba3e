package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A clock that was set moves no record out of the order of its versions, and hides none from whoever pulls. */
@KeneyaIntegrationTest
class MovedClocksIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"1 hour", "-1 hour"})
    @DisplayName("R4: what was written before the clock jumped is read, changed and handed on like anything else")
    void r4_goesByVersionsAndNotByTheClock(String jump) {
        ExportClient client = new ExportClient(exchange);
        Export before = client.export("$export?_type=Patient");
        String id = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();
        asWrittenBeforeTheJump(id, jump);

        Export first = client.export("$export?_type=Patient&_since=" + encoded(before.transactionTime()));
        rename(id, "Aminata");
        Export second = client.export("$export?_type=Patient&_since=" + encoded(first.transactionTime()));
        Export third = client.export("$export?_type=Patient&_since=" + encoded(second.transactionTime()));

        assertThat(first.ids("Patient")).contains(id);
        assertThat(second.ids("Patient")).contains(id);
        assertThat(third.ids("Patient")).doesNotContain(id);
        assertThat(read(id).getMeta().getVersionId()).isEqualTo("2");
        assertThat(read(id).getNameFirstRep().getGivenAsSingleString()).isEqualTo("Aminata");
        // HAPI tells them by the moment that each bears, which the clock decides (docs/security-cases.md).
        assertThat(exchange.get("Patient/" + id + "/_history").entries())
                .extracting(entry -> entry.getResource().getMeta().getVersionId())
                .containsExactlyInAnyOrder("2", "1");
        // Who changes a version that is no longer the newest is told, whatever the clock says.
        exchange.put("Patient/" + id, read(id), "If-Match", "W/\"1\"").hasStatus(412);
        exchange.delete("Patient/" + id).hasStatus(200);
        exchange.get("Patient/" + id).hasStatus(410);
        assertThat(client.export("$export?_type=Patient&_since=" + encoded(third.transactionTime()))
                        .deleted())
                .contains("Patient/" + id);
    }

    /** What a clock that was off by so much would have noted. */
    private void asWrittenBeforeTheJump(String id, String jump) {
        jdbc.sql("""
                        update hfj_res_ver history set res_updated = history.res_updated + cast(:jump as interval),
                                                       res_published = history.res_published + cast(:jump as interval)
                        from hfj_resource record where record.res_id = history.res_id and record.fhir_id = :id
                        """).param("jump", jump).param("id", id).update();
        assertThat(jdbc.sql("""
                        update hfj_resource set res_updated = res_updated + cast(:jump as interval),
                                                res_published = res_published + cast(:jump as interval)
                        where fhir_id = :id
                        """).param("jump", jump).param("id", id).update()).isEqualTo(1);
        assertThat(Duration.between(
                                Instant.now(),
                                read(id).getMeta().getLastUpdated().toInstant())
                        .abs())
                .isGreaterThan(Duration.ofMinutes(50));
    }

    private void rename(String id, String given) {
        Patient corrected = read(id);
        corrected.getNameFirstRep().getGiven().clear();
        corrected.getNameFirstRep().addGiven(given);
        exchange.put("Patient/" + id, corrected).hasStatus(200);
    }

    private Patient read(String id) {
        return exchange.get("Patient/" + id).hasStatus(200).as(Patient.class);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
