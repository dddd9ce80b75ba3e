package ml.keneya.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeSettingsTest {

    private static final Duration LONG = Duration.ofDays(90);

    @Test
    void keepsAnswersForThirtyDaysAtLeast() {
        assertThat(keepingAnswersFor(Duration.ofDays(30)).answersKept()).isEqualTo(Duration.ofDays(30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keepingAnswersFor(Duration.ofDays(30).minusSeconds(1)));
    }

    private static IntakeSettings keepingAnswersFor(Duration time) {
        return new IntakeSettings(LONG, time, LONG, LONG, LONG);
    }
}
