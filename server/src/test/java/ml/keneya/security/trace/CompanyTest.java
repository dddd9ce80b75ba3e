package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompanyTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Company company = new Company();
    private final Company.Guest first = company.enters();
    private final Company.Guest last = company.enters();

    @Test
    void waitsForTheLast() throws InterruptedException {
        first.arrives();
        Thread writer = waits(FOR_EVER);

        last.arrives();

        ends(writer);
    }

    @Test
    void countsNobodyTwice() throws InterruptedException {
        first.arrives();
        first.arrives();
        Thread writer = waits(FOR_EVER);

        last.arrives();

        ends(writer);
    }

    @Test
    void waitsNoLongerThanItIsTold() throws InterruptedException {
        Thread writer = new Thread(() -> company.await(Duration.ofMillis(1)));
        writer.setDaemon(true);
        writer.start();

        ends(writer);
    }

    @Test
    void waitsForNobodyWhenAllAreThere() throws InterruptedException {
        first.arrives();
        last.arrives();
        Thread writer = new Thread(() -> company.await(FOR_EVER));
        writer.setDaemon(true);
        writer.start();

        ends(writer);
    }

    /** Once it waits, which it would never do for nobody. */
    private Thread waits(Duration longest) {
        Thread writer = new Thread(() -> company.await(longest));
        writer.setDaemon(true);
        writer.start();
        while (writer.getState() != Thread.State.TIMED_WAITING) {
            assertThat(writer.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return writer;
    }

    private static void ends(Thread writer) throws InterruptedException {
        writer.join(PATIENCE.toMillis());
        assertThat(writer.isAlive()).isFalse();
    }
}
