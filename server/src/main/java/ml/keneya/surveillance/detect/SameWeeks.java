package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A week compared with the same time of the five years before.
 *
 * @param method how what is expected is made of those weeks
 * @param beside how many weeks before and after the same week of each year are compared with as well
 * @param threshold standard deviations above the mean, or the percentile
 */
record SameWeeks(Method method, int beside, double threshold) implements Detector {

    private static final int YEARS = 5;

    /** 52 weeks fall short of a year by a day or two: five years by a week. */
    private static final int WEEKS_A_YEAR = 52;

    /** Counts vary by chance as much as their mean; below this one more case of hardly any would be remarkable. */
    private static final double LEAST_VARIANCE = 1;

    enum Method {
        MEAN_AND_DEVIATION,
        PERCENTILE
    }

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        return past(counts, monday)
                .map(past -> OptionalDouble.of(method == Method.PERCENTILE ? percentile(past) : aboveMean(past)))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public boolean mustExceed() {
        return true;
    }

    /** Empty unless all five years are known. */
    private Optional<double[]> past(WeeklyCounts counts, LocalDate monday) {
        if (counts.weeksBefore(monday) < YEARS * WEEKS_A_YEAR + beside) {
            return Optional.empty();
        }
        return Optional.of(IntStream.rangeClosed(1, YEARS)
                .boxed()
                .flatMap(year -> IntStream.rangeClosed(-beside, beside)
                        .mapToObj(week -> monday.minusWeeks((long) year * WEEKS_A_YEAR + week)))
                .mapToDouble(counts::in)
                .sorted()
                .toArray());
    }

    private double aboveMean(double[] past) {
        double sum = 0;
        double squares = 0;
        for (double cases : past) {
            sum += cases;
            squares += cases * cases;
        }
        double mean = sum / past.length;
        double variance = Math.max(0, (squares - sum * mean) / (past.length - 1));
        return mean + threshold * Math.sqrt(Math.max(LEAST_VARIANCE, Math.max(mean, variance)));
    }

    /** Between two values in proportion, as spreadsheets do. */
    private double percentile(double[] past) {
        double position = threshold / 100 * (past.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, past.length - 1);
        return past[below] + (position - below) * (past[above] - past[below]);
    }
}
