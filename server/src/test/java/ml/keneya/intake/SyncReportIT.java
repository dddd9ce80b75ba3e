package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A facility sees how its deliveries are doing while they are under way. */
@KeneyaIntegrationTest
class SyncReportIT {

    private static final String SUBMISSION = "https://keneya.ml/id/submission";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Exchange exchange;

    @Autowired
    Turnstile turnstile;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");

    @Test
    void countsWhatWaitsAsLongAsItWaits() throws Exception {
        String key = unique("key");
        Submission held = new Submission("local", facility, "bundle:" + SUBMISSION + "|" + key, 0, "");
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> turnstile.pass(held, () -> {
            holding.countDown();
            return waitFor(end);
        }));
        Answer accepted;
        try {
            holding.await();
            assertThat(of("waiting")).isEqualTo("0");
            accepted = send(key, "Prefer", "respond-async").hasStatus(202);

            assertThat(of("waiting")).isEqualTo("1");
            assertThat(of("accepted")).isEqualTo("0");
        } finally {
            end.countDown();
            holder.join();
        }
        String status = accepted.header("Content-Location").orElseThrow();
        await().atMost(PATIENCE).until(() -> exchange.get(status).status() == 200);

        assertThat(of("waiting")).isEqualTo("0");
        assertThat(of("accepted")).isEqualTo("1");
    }

    @Test
    void namesTheMomentOfTheLastDelivery() {
        send(unique("key")).hasStatus(200);
        send(unique("key")).hasStatus(200);
        // A repetition is none.
        String last = unique("key");
        String visit = exchange.json(aVisit(last));
        exchange.post("", visit, "Keneya-Facility", facility).hasStatus(200);
        Instant received = receivedAt(last);
        exchange.post("", visit, "Keneya-Facility", facility).hasStatus(200);

        assertThat(Instant.parse(of("lastAccepted"))).isEqualTo(received);
        assertThat(of("accepted")).isEqualTo("3");
    }

    private Instant receivedAt(String key) {
        return jdbc.sql("select received_at from keneya.receipt where facility = :facility and key like '%' || :key")
                .param("facility", facility)
                .param("key", key)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private String of(String name) {
        return exchange.get("$sync-report", "Keneya-Facility", facility)
                .hasStatus(200)
                .as(Parameters.class)
                .getParameter(name)
                .getValue()
                .primitiveValue();
    }

    private Answer send(String key, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Keneya-Facility";
        all[1] = facility;
        return exchange.post("", exchange.json(aVisit(key)), all);
    }

    private static Bundle aVisit(String key) {
        Bundle visit = transaction(creating(aChild(unique("record"))));
        visit.getIdentifier().setSystem(SUBMISSION).setValue(key);
        return visit;
    }

    private static String waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
        return "";
    }
}
