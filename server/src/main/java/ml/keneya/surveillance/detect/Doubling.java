package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * So many times as many cases as in the week before, which had so many times those of the week before it: 1, 2, 4.
 *
 * @param factor 2 for doubling
 */
record Doubling(double factor) implements Detector {

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        int before = counts.in(monday.minusWeeks(2));
        int last = counts.in(monday.minusWeeks(1));
        return before >= 1 && last >= factor * before ? OptionalDouble.of(factor * last) : OptionalDouble.empty();
    }

    @Override
    public boolean mustExceed() {
        return false;
    }
}
