package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * So many cases in a week for 100 000 inhabitants.
 *
 * @param per100000 how many are enough
 */
record IncidenceThreshold(double per100000) implements Detector {

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        return counts.inhabitants().isPresent()
                ? OptionalDouble.of(per100000 * counts.inhabitants().getAsInt() / 100_000)
                : OptionalDouble.empty();
    }

    @Override
    public boolean mustExceed() {
        return false;
    }
}
