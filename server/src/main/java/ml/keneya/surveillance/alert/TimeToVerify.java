package ml.keneya.surveillance.alert;

import java.time.Duration;
import ml.keneya.surveillance.detect.Signal;

/** How long whoever is responsible for an alert has, before it goes on to the next level. */
final class TimeToVerify {

    /** "24 to 48 hours" is usual; the national institute has confirmed neither. */
    private static final Duration OF_ALERT = Duration.ofHours(48);

    private static final Duration OF_EPIDEMIC = Duration.ofHours(24);

    private TimeToVerify() {}

    /** @param level of the alert */
    static Duration of(String level) {
        return level.equals(Signal.EPIDEMIC) ? OF_EPIDEMIC : OF_ALERT;
    }
}
