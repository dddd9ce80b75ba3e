package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
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
        assertThat(versions(id)).containsExactly("2", "1");
        // Who changes a version that is no longer the newest is told, whatever the clock says.
        exchange.put("Patient/" + id, read(id), "If-Match", "W/\"1\"").hasStatus(412);
        exchange.delete("Patient/" + id).hasStatus(200);
        exchange.get("Patient/" + id).hasStatus(410);
        assertThat(client.export("$export?_type=Patient&_since=" + encoded(third.transactionTime()))
                        .deleted())
                .contains("Patient/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 hour", "-1 hour"})
    @DisplayName("R4: a later version is later by its time too, also after the clock was set back")
    void r4_makesTimesOfVersionsGrow(String jump) {
        String id = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();
        asWrittenBeforeTheJump(id, jump);
        Instant first = updated(id);

        rename(id, "Aminata");
        Instant second = updated(id);
        Patient corrected = read(id);
        corrected.setGender(AdministrativeGender.MALE);
        exchange.post("", exchange.json(transaction(putting(corrected)))).hasStatus(200);
        exchange.send(
                        "PATCH",
                        "Patient/" + id,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"female\"}]"))
                .hasStatus(200);
        Instant last = updated(id);

        assertThat(second).isAfter(first);
        assertThat(last).isAfter(second);
        assertThat(versions(id)).containsExactly("4", "3", "2", "1");
        assertThat(exchange.get("Patient/" + id + "/_history/4")
                        .as(Patient.class)
                        .getMeta()
                        .getLastUpdated()
                        .toInstant())
                .isEqualTo(last);
        assertThat(exchange.get("Patient?_id=" + id + "&_lastUpdated=gt" + second)
                        .entries())
                .hasSize(1);
        exchange.delete("Patient/" + id).hasStatus(200);
        assertThat(timesGrow(id)).isTrue();
        assertThat(exchange.get("Patient/" + id + "/_history?_count=20").entries())
                .extracting(entry -> entry.getRequest().getMethod().toCode())
                .containsExactly("DELETE", "PUT", "PUT", "PUT", "POST");
        exchange.put("Patient/" + id, aChild(unique("record")).setId(id)).hasStatus(201);
        assertThat(versions(id)).first().isEqualTo("6");
    }

    private List<String> versions(String id) {
        return exchange.get("Patient/" + id + "/_history?_count=20").entries().stream()
                .filter(BundleEntryComponent::hasResource)
                .map(entry -> entry.getResource().getMeta().getVersionId())
                .toList();
    }

    private Instant updated(String id) {
        return read(id).getMeta().getLastUpdated().toInstant();
    }

    private boolean timesGrow(String id) {
        return jdbc.sql("""
                        select bool_and(later) and max(version.res_updated) = max(record.res_updated)
                        from hfj_resource record
                        join (select res_id, res_updated,
                                     coalesce(res_updated > lag(res_updated) over (partition by res_id order by res_ver), true) as later
                              from hfj_res_ver) version on version.res_id = record.res_id
                        where record.fhir_id = ?
                        """).param(id).query(Boolean.class).single();
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
