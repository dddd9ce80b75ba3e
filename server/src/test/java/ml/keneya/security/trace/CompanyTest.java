package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompanyTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Company company = new Company();
    private final Thread writer = new Thread(() -> company.await(1, FOR_EVER));

    @BeforeEach
    void twoOfThreeHaveCome() {
        company.enters();
        company.enters();
        company.enters();
        company.comes();
        company.comes();
    }

    @Test
    void waitsForTheLastToCome() throws InterruptedException {
        waits();

        company.comes();

        ends(writer);
    }

    @Test
    void doesNotWaitForOneWhoLeaves() throws InterruptedException {
        waits();

        company.leaves();

        ends(writer);
    }

    @Test
    void waitsForOneWhoEntersMeanwhile() throws InterruptedException {
        waits();
        company.enters();
        company.comes();
        assertThat(writer.isAlive()).isTrue();

        company.comes();

        ends(writer);
    }

    @Test
    void waitsForAsManyAsItIsToldAlthoughTheyAreNotInside() throws InterruptedException {
        company.leaves();
        Thread writer = new Thread(() -> company.await(3, FOR_EVER));
        waits(writer);

        company.comes();

        ends(writer);
    }

    @Test
    void waitsForTheOthersAgainWhenTheirAccessesAreWritten() throws InterruptedException {
        company.goes(2);
        company.comes();
        company.comes();

        waits();

        company.comes();
        ends(writer);
    }

    @Test
    void waitsNoLongerThanItIsTold() throws InterruptedException {
        Thread brief = new Thread(() -> company.await(1, Duration.ofMillis(1)));
        brief.setDaemon(true);
        brief.start();

        ends(brief);
    }

    private static void ends(Thread waiting) throws InterruptedException {
        waiting.join(PATIENCE.toMillis());
        assertThat(waiting.isAlive()).isFalse();
    }

    /** Until the writer has begun to wait, which it would never do for nobody. */
    private void waits() {
        waits(writer);
    }

    private static void waits(Thread writer) {
        writer.setDaemon(true);
        writer.start();
        while (writer.getState() != Thread.State.TIMED_WAITING) {
            assertThat(writer.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }
}
