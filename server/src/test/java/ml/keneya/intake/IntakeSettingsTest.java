package ml.keneya.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class IntakeSettingsTest {

    private static final Duration LONG = Duration.ofDays(90);

    @Test
    void keepsAnswersForThirtyDaysAtLeast() {
        assertThat(keepingAnswersFor(Duration.ofDays(30)).answersKept()).isEqualTo(Duration.ofDays(30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keepingAnswersFor(Duration.ofDays(30).minusSeconds(1)));
    }

    @Test
    void isDeliveredWithThePatienceAndTheTimesThatAreWritten() {
        IntakeSettings delivered = new Binder(List.of()).bindOrCreate("keneya.intake", IntakeSettings.class);

        assertThat(delivered.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(delivered.answersKept()).isEqualTo(Duration.ofDays(90));
        assertThat(delivered.refusedKept()).isEqualTo(Duration.ofDays(90));
        assertThat(delivered.uploadsKept()).isEqualTo(Duration.ofDays(7));
    }

    private static IntakeSettings keepingAnswersFor(Duration time) {
        return new IntakeSettings(LONG, time, LONG, LONG, LONG);
    }
}
