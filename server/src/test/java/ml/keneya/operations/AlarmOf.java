package ml.keneya.operations;

import ml.keneya.validation.RechecksAccepts;
import org.springframework.boot.actuate.health.HealthIndicator;

/** What an operator is shown, for tests of what it is about. */
public final class AlarmOf {

    private AlarmOf() {}

    public static HealthIndicator disagreements(RechecksAccepts rechecks) {
        return new WatchesValidation().validationHealthIndicator(rechecks);
    }
}
