package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.intake.KeptDelivery.Status;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rights end when they are withdrawn, also for what was sent before and waits. */
@KeneyaIntegrationTest
class RevokedSendersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Exchange exchange;

    @Autowired
    KeptDeliveries deliveries;

    @Autowired
    WaitingDeliveries waiting;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    @DisplayName("Z17: what a revoked system has waiting is not carried out under its rights")
    void z17_carriesOutNothingForARevokedSender() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        UUID first = later(transaction(creating(aChild(unique("record")))), site);
        await().atMost(PATIENCE).until(() -> statusOf(first) == Status.ACCEPTED);
        // The second one waits behind the first, which somebody seems to work on again.
        hold(first);
        UUID second = later(transaction(creating(aChild(recordNumber))), site);

        site.revoke();
        jdbc.sql("update keneya.delivery set status = 'ACCEPTED', lease_until = null where id = :id")
                .param("id", first)
                .update();

        await().atMost(PATIENCE).until(() -> statusOf(second) == Status.REFUSED);
        assertThat(deliveries.find(second).orElseThrow().refusalCode()).isEqualTo("ML-INTAKE-025");
        assertThat(children()).isZero();

        // Its bytes are kept, for another system of the facility, with rights of its own.
        exchange.post(
                        "$quarantine-replay",
                        parameters(second),
                        TestSystem.ofSite(exchange, facility).withAll())
                .hasStatus(200);
        assertThat(children()).isOne();
    }

    private UUID later(Bundle bundle, TestSystem by) {
        String[] headers = Stream.concat(Arrays.stream(by.withAll()), Stream.of("Prefer", "respond-async"))
                .toArray(String[]::new);
        Answer accepted = exchange.post("", exchange.json(bundle), headers).hasStatus(202);
        return UUID.fromString(accepted.header("Content-Location").orElseThrow().replaceFirst(".*id=", ""));
    }

    private void hold(UUID id) {
        jdbc.sql("""
                        update keneya.delivery
                        set status = 'RUNNING', attempts = 1, lease_until = now() + interval '1 hour', http_status = null
                        where id = :id
                        """).param("id", id).update();
    }

    private Status statusOf(UUID id) {
        return deliveries.find(id).orElseThrow().status();
    }

    private static String parameters(UUID id) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"id\",\"valueString\":\"" + id + "\"}]}";
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
