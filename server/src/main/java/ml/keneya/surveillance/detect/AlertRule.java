package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
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
public record AlertRule(
        String code,
        String disease,
        String level,
        boolean confirmedOnly,
        int cases,
        int days,
        @Nullable Integer oldest) {

    /** Whatever narrows a threshold in a way that is not evaluated. */
    private static final List<String> NARROWING =
            List.of("population-min", "population-max", "minimum-cases", "condition", "age-min-years");

    /**
     * The thresholds that count cases in days, without regard to population or further conditions, and that are stated
     * by the source that they name.
     */
    public static List<AlertRule> of(List<Threshold> thresholds) {
        return thresholds.stream()
                .filter(AlertRule::isEvaluated)
                .map(AlertRule::read)
                .toList();
    }

    public boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }

    /**
     * Whether the cases of this day and of those before it are too many: one more has made them so.
     *
     * @param byDay how many cases a day has, where it has any
     */
    boolean isReached(NavigableMap<LocalDate, Integer> byDay, LocalDate last) {
        return byDay.containsKey(last)
                && byDay.subMap(last.minusDays(days - 1L), true, last, true).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        >= cases;
    }

    private static boolean isEvaluated(Threshold threshold) {
        return threshold.has("metric", "cases")
                && threshold.has("comparator", ">=")
                && threshold.has("window-unit", "day")
                && threshold.has("certain", "true")
                && threshold.has("case-class", "suspected", "confirmed")
                && threshold.has("alert-level", "alert", Signal.EPIDEMIC)
                && NARROWING.stream().allMatch(name -> threshold.text(name) == null)
                && !threshold.disease().isEmpty();
    }

    private static AlertRule read(Threshold threshold) {
        return new AlertRule(
                threshold.code(),
                threshold.disease(),
                String.valueOf(threshold.text("alert-level")),
                threshold.has("case-class", "confirmed"),
                threshold.number("threshold"),
                threshold.number("window-value"),
                threshold.text("age-max-years") == null ? null : threshold.number("age-max-years"));
    }
}
