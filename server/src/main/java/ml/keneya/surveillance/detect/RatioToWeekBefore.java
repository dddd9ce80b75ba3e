package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * So many times as many cases as in the week before.
 *
 * @param mustExceed whether exactly so many times are not enough
 */
record RatioToWeekBefore(double factor, boolean mustExceed) implements Detector {

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        return counts.weeksBefore(monday) < 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(factor * counts.in(monday.minusWeeks(1)));
    }
}
