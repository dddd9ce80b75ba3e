package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Optional<Duration> NOT_ASKED = Optional.empty();

    private final RetryPolicy policy =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofMinutes(2));

    @Test
    void doublesTheWaitUpToTheLongest() {
        assertThat(policy.waitAfter(1, NOT_ASKED, 1)).contains(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(2, NOT_ASKED, 1)).contains(Duration.ofSeconds(2));
        assertThat(policy.waitAfter(3, NOT_ASKED, 1)).contains(Duration.ofSeconds(4));
        assertThat(policy.waitAfter(4, NOT_ASKED, 1)).contains(Duration.ofSeconds(6));
    }

    @Test
    void spreadsItFromNothingToTheWhole() {
        assertThat(policy.waitAfter(3, NOT_ASKED, 0)).contains(Duration.ZERO);
        assertThat(policy.waitAfter(3, NOT_ASKED, 0.5)).contains(Duration.ofSeconds(2));
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertThat(policy.waitAfter(5, NOT_ASKED, 0)).isEmpty();
        assertThat(policy.waitAfter(5, Optional.of(Duration.ofSeconds(1)), 0)).isEmpty();
    }

    @Test
    void neverComesBackEarlierThanAsked() {
        Optional<Duration> asked = Optional.of(Duration.ofSeconds(100));

        assertThat(policy.waitAfter(1, asked, 0)).contains(Duration.ofSeconds(100));
        assertThat(policy.waitAfter(1, asked, 1)).contains(Duration.ofSeconds(110));
    }

    @Test
    void wouldRatherEndThanWaitForHours() {
        assertThat(policy.waitAfter(1, Optional.of(Duration.ofMinutes(3)), 0)).isEmpty();
    }

    @Test
    void doesNotOverflowHoweverOftenItTries() {
        var tireless = policy.withAttempts(1000);

        assertThat(tireless.waitAfter(999, NOT_ASKED, 1)).contains(Duration.ofSeconds(6));
    }
}
