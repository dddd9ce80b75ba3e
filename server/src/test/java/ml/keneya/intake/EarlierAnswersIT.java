package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose answer a name leads to, how long it is kept, and what is answered as long as there is none. */
@KeneyaIntegrationTest
class EarlierAnswersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As many as the turnstile lets wait. */
    private static final int CROWD = 100;

    @Autowired
    Exchange exchange;

    @Autowired
    ForgetsOldDeliveries forgets;

    @Autowired
    Turnstile turnstile;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String key = unique("key");

    @Test
    void takesTheSameKeyOfTwoClientsOfASiteForTwoDeliveries() {
        String[] one = keyed(TestSystem.ofSite(exchange, facility).withAll());
        String[] other = keyed(TestSystem.ofSite(exchange, facility).withAll());
        Bundle visitOfOne = aVisit();
        Bundle visitOfOther = aVisit();

        Answer ofOne = exchange.post("", exchange.json(visitOfOne), one).hasStatus(200);
        Answer ofOther = exchange.post("", exchange.json(visitOfOther), other).hasStatus(200);

        assertThat(ofOther.header("Keneya-Replayed")).isEmpty();
        assertThat(locationOf(ofOther)).isNotEqualTo(locationOf(ofOne));
        assertThat(exchange.post("", exchange.json(visitOfOne), one).body()).isEqualTo(ofOne.body());
        assertThat(exchange.post("", exchange.json(visitOfOther), other).body()).isEqualTo(ofOther.body());
        exchange.post("", exchange.json(visitOfOther), one).isRefused(422, "ML-INTAKE-006");
    }

    @Test
    void givesTheAnswerOfADeliveryOfTwentyNineDaysAgoAndNotOfOneBeyondItsTime() {
        String visit = exchange.json(aVisit());
        Answer first = send(visit).hasStatus(200);

        forgetAfter(29);
        Answer late = send(visit).hasStatus(200);
        forgetAfter(91);

        assertThat(late.header("Keneya-Replayed")).contains("true");
        assertThat(late.body()).isEqualTo(first.body());
        send(visit).isRefused(422, "ML-INTAKE-013");
        assertThat(jdbc.sql("select count(*) from keneya.receipt where facility = :facility and answer is null")
                        .param("facility", facility)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /**
     * The turnstile is full, so that the refusal comes at once; {@link TurnstileTest} shows that it comes after the
     * patience too.
     */
    @Test
    void asksToComeBackAsLongAsTheFirstTryRuns() throws Exception {
        String visit = exchange.json(aVisit());
        Submission submission = new Submission("local", facility, "key:" + key, 0, "");
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> crowd = new ArrayList<>();
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> turnstile.pass(submission, () -> waitFor(runs, end)));
        try {
            runs.await();
            for (int each = 0; each < CROWD; each++) {
                Thread waiting = new Thread(() -> turnstile.pass(submission, () -> ""));
                crowd.add(waiting);
                waiting.start();
            }
            await().atMost(PATIENCE)
                    .until(() -> crowd.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING));

            Answer meanwhile = send(visit).isRefused(409, "ML-INTAKE-010");

            assertThat(meanwhile.header("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).containsOnlyDigits());
            assertThat(meanwhile.header("Keneya-Quarantine")).isEmpty();
        } finally {
            end.countDown();
            first.join();
            for (Thread each : crowd) {
                each.join();
            }
        }
        assertThat(send(visit).hasStatus(200).header("Keneya-Replayed")).isEmpty();
    }

    private static String waitFor(CountDownLatch runs, CountDownLatch end) {
        runs.countDown();
        try {
            end.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
        return "";
    }

    private void forgetAfter(int days) {
        jdbc.sql("""
                        update keneya.receipt set received_at = now() - make_interval(days => :days)
                        where facility = :facility
                        """).param("days", days).param("facility", facility).update();
        forgets.forget();
    }

    private static Bundle aVisit() {
        return transaction(creating(aChild(unique("record"))));
    }

    private Answer send(String visit) {
        return exchange.post("", visit, "Keneya-Facility", facility, "Idempotency-Key", key);
    }

    private String[] keyed(String[] headers) {
        return Stream.concat(Stream.of(headers), Stream.of("Idempotency-Key", key))
                .toArray(String[]::new);
    }

    private static String locationOf(Answer answer) {
        return answer.entries().get(0).getResponse().getLocation();
    }
}
