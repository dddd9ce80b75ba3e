package ml.keneya.load.dhis2;

import ml.keneya.load.agency.EpidemiologicalWeek;
import org.jspecify.annotations.Nullable;

/** One week cannot be pushed, or not to its end; the others can. */
final class WeekException extends PushException {
    private final transient EpidemiologicalWeek week;

    WeekException(EpidemiologicalWeek week, int status, @Nullable Throwable cause, String key, Object... values) {
        super(status, cause, key, values);
        this.week = week;
    }

    EpidemiologicalWeek week() {
        return week;
    }
}
