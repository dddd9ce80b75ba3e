package ml.keneya.surveillance.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.surveillance.detect.EarlyAberration.Method;

/**
 * The thresholds of {@code ml-alert-threshold} that count by weeks and that are certain. Those with further conditions
 * or age limits are not evaluated.
 *
 * @param rules the most serious first
 */
public record WeeklyRules(List<WeeklyRule> rules) {

    public WeeklyRules {
        rules = rules.stream()
                .sorted(Comparator.comparing(WeeklyRule::isEpidemic).reversed())
                .toList();
    }

    /** @param also codes of those that are evaluated although they are not certain */
    public static WeeklyRules of(List<Threshold> thresholds, Set<String> also) {
        return new WeeklyRules(thresholds.stream()
                .filter(each -> each.has("certain", "true") || also.contains(each.code()))
                .flatMap(WeeklyRules::read)
                .toList());
    }

    /** Also those that are not certain: for judging them, not for alerts. */
    public static WeeklyRules evenUncertain(List<Threshold> thresholds) {
        return new WeeklyRules(thresholds.stream().flatMap(WeeklyRules::read).toList());
    }

    public Set<String> diseases() {
        return rules.stream().map(WeeklyRule::disease).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<WeeklyRule> read(Threshold threshold) {
        Optional<Detector> detector = detector(threshold);
        boolean understood = detector.isPresent()
                && threshold.has("window-unit", "week")
                && threshold.has("case-class", "suspected", "confirmed")
                && threshold.has("alert-level", "alert", Signal.EPIDEMIC)
                && threshold.text("age-min-years") == null
                && threshold.text("age-max-years") == null
                && !threshold.disease().isEmpty();
        if (!understood) {
            return Stream.empty();
        }
        // An incidence that the whole reaches is reached by a part of it, so it is too high in a larger place as well.
        OptionalInt largest = threshold.has("metric", "incidence_per_100k")
                ? OptionalInt.empty()
                : optional(threshold, "population-max");
        return Stream.of(new WeeklyRule(
                threshold.code(),
                threshold.disease(),
                String.valueOf(threshold.text("alert-level")),
                threshold.has("case-class", "confirmed"),
                optional(threshold, "population-min"),
                largest,
                optional(threshold, "minimum-cases").orElse(1),
                detector.get()));
    }

    private static Optional<Detector> detector(Threshold threshold) {
        if (threshold.text("threshold") == null) {
            return Optional.empty();
        }
        return switch (String.valueOf(threshold.text("metric"))) {
            case "cases" -> plain(threshold) ? Optional.of(new CountThreshold(limit(threshold))) : Optional.empty();
            case "incidence_per_100k" ->
                plain(threshold) ? Optional.of(new IncidenceThreshold(limit(threshold))) : Optional.empty();
            // Its condition says in words what the name means.
            case "doubling" -> Optional.of(new Doubling(limit(threshold)));
            case "ears_c1" -> Optional.of(ears(threshold, Method.C1));
            case "ears_c2" -> Optional.of(ears(threshold, Method.C2));
            case "ears_c3" -> Optional.of(ears(threshold, Method.C3));
            case "mean_sd_same_weeks_5y" ->
                Optional.of(new SameWeeks(SameWeeks.Method.MEAN_AND_DEVIATION, 1, limit(threshold)));
            case "percentile_same_week_5y" ->
                Optional.of(new SameWeeks(SameWeeks.Method.PERCENTILE, 0, limit(threshold)));
            case "ratio_to_previous_week" ->
                Optional.of(new RatioToWeekBefore(limit(threshold), threshold.has("comparator", ">")));
            default -> Optional.empty();
        };
    }

    private static boolean plain(Threshold threshold) {
        return threshold.text("condition") == null
                && threshold.has("comparator", ">=")
                && threshold.has("window-value", "1");
    }

    private static EarlyAberration ears(Threshold threshold, Method method) {
        return new EarlyAberration(method, threshold.number("window-value"), limit(threshold));
    }

    private static double limit(Threshold threshold) {
        return Double.parseDouble(String.valueOf(threshold.text("threshold")));
    }

    private static OptionalInt optional(Threshold threshold, String property) {
        return threshold.text(property) == null ? OptionalInt.empty() : OptionalInt.of(threshold.number(property));
    }
}
