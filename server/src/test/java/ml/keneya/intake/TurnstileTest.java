package ml.keneya.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final Duration LONG = Duration.ofDays(90);

    private final Turnstile turnstile =
            new Turnstile(new IntakeSettings(Duration.ofMillis(50), LONG, LONG, LONG, LONG));

    @Test
    void asksWhoHasWaitedTooLongToComeBack() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> turnstile.pass(named("visit"), () -> {
            running.countDown();
            await(end);
            return "done";
        }));
        running.await();

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> turnstile.pass(named("visit"), () -> "again"))
                .satisfies(
                        refused -> assertThat(refused.refusals().get(0).code()).isEqualTo(RefusalCode.STILL_RUNNING));

        end.countDown();
        assertThat(first.get()).isEqualTo("done");
    }

    @Test
    void letsOtherDeliveriesPass() {
        String both = turnstile.pass(named("one"), () -> turnstile.pass(named("other"), () -> "both"));

        assertThat(both).isEqualTo("both");
    }

    @Test
    void letsTheNextTryPassAfterAFailure() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turnstile.pass(named("visit"), () -> {
                    throw new IllegalStateException();
                }));

        assertThat(turnstile.pass(named("visit"), () -> "again")).isEqualTo("again");
    }

    private static Submission named(String key) {
        return new Submission("client", "facility", key, 0, "digest");
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
