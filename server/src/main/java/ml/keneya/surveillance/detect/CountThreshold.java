package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * So many cases in a week.
 *
 * @param cases how many are enough
 */
record CountThreshold(double cases) implements Detector {

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        return OptionalDouble.of(cases);
    }

    @Override
    public boolean mustExceed() {
        return false;
    }
}
