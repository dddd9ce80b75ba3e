package ml.keneya.surveillance.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What whoever verifies an alert is told.
 *
 * @param cases ids of those that are new to it
 * @param weeks in whose reports they are counted
 * @param remark in words; absent where the cases say all
 */
record News(
        List<String> cases,
        List<WeekOfPlace> weeks,
        @Nullable String remark) {

    News {
        cases = List.copyOf(cases);
        weeks = List.copyOf(weeks);
    }
}
