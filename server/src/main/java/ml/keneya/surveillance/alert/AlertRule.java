package ml.keneya.surveillance.alert;

import ml.keneya.surveillance.detect.Signal;
import org.jspecify.annotations.Nullable;

/**
 * So many cases in a place within so many days.
 *
 * @param code the code of the threshold in {@code ml-alert-threshold}
 * @param level {@code alert} or {@code epidemic}, a code of {@code ml-alert-level}
 * @param confirmedOnly whether only confirmed cases count; otherwise every case that was not discarded
 * @param cases how many cases are needed
 * @param days the length of the window, in days, its first and last day included
 * @param oldest the age in whole years up to which a case counts; absent where age plays no part
 */
record AlertRule(
        String code,
        String disease,
        String level,
        boolean confirmedOnly,
        int cases,
        int days,
        @Nullable Integer oldest) {

    boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }
}
