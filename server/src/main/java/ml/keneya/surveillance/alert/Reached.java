package ml.keneya.surveillance.alert;

import java.time.LocalDate;
import java.util.List;
import ml.keneya.surveillance.detect.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A threshold that was reached.
 *
 * @param rule code of {@code ml-alert-threshold}
 * @param level {@code alert} or {@code epidemic}
 * @param began the day of the first case
 * @param cases their ids
 * @param weeks in whose reports they are counted
 * @param remark in words, for whoever verifies; absent where the cases say all
 */
record Reached(
        String rule,
        String level,
        LocalDate began,
        List<String> cases,
        List<WeekOfPlace> weeks,
        @Nullable String remark) {

    Reached {
        cases = List.copyOf(cases);
        weeks = List.copyOf(weeks);
    }

    boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }
}
