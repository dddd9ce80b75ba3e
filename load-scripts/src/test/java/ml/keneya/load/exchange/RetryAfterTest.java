package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ml.keneya.load.test.PassingTime;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    @Test
    void readsSeconds() {
        assertThat(RetryAfter.read(" 120 ", PassingTime.NOW)).contains(Duration.ofMinutes(2));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.read("Sun, 22 Nov 2026 10:00:45 GMT", PassingTime.NOW))
                .contains(Duration.ofSeconds(45));
    }

    @Test
    void takesAPastDateForNow() {
        assertThat(RetryAfter.read("Sun, 22 Nov 2026 09:00:00 GMT", PassingTime.NOW))
                .contains(Duration.ZERO);
    }

    @Test
    void ignoresWhatItCannotRead() {
        assertThat(RetryAfter.read("bientôt", PassingTime.NOW)).isEmpty();
        assertThat(RetryAfter.read("-5", PassingTime.NOW)).isEmpty();
    }
}
