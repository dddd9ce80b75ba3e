package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * The methods of the Early Aberration Reporting System (EARS), on weeks in place of days: a week is compared with the
 * mean and the standard deviation of the few weeks before it.
 *
 * @param method C1 compares with the weeks just before; C2 leaves two out, so that the beginning of an outbreak does
 *     not raise what is expected; C3 sums what C2 finds in three weeks, less one deviation each
 * @param window how many weeks are compared with
 * @param deviations how many standard deviations above the mean are too many; for C3 the sum that is too much
 */
record EarlyAberration(Method method, int window, double deviations) implements Detector {

    /** Counts vary by chance as much as their mean; below this one more case of hardly any would be remarkable. */
    private static final double LEAST_VARIANCE = 1;

    private static final int LEFT_OUT = 2;

    enum Method {
        C1,
        C2,
        C3
    }

    /** What the weeks before let expect, in cases. */
    private record Expected(double mean, double deviation) {

        double excess(int cases) {
            return Math.max(0, (cases - mean) / deviation - 1);
        }
    }

    @Override
    public OptionalDouble limit(WeeklyCounts counts, LocalDate monday) {
        int leftOut = method == Method.C1 ? 0 : LEFT_OUT;
        int needed = window + leftOut + (method == Method.C3 ? LEFT_OUT : 0);
        if (counts.weeksBefore(monday) < needed) {
            return OptionalDouble.empty();
        }
        Expected now = expected(counts, monday, leftOut);
        if (method != Method.C3) {
            return OptionalDouble.of(now.mean + deviations * now.deviation);
        }
        double before = 0;
        for (int week = 1; week <= LEFT_OUT; week++) {
            LocalDate earlier = monday.minusWeeks(week);
            before += expected(counts, earlier, leftOut).excess(counts.in(earlier));
        }
        // A week with no more than expected signals nothing, whatever those before it were.
        return OptionalDouble.of(now.mean + (1 + Math.max(0, deviations - before)) * now.deviation);
    }

    @Override
    public boolean mustExceed() {
        return true;
    }

    private Expected expected(WeeklyCounts counts, LocalDate monday, int leftOut) {
        double sum = 0;
        double squares = 0;
        for (int week = 1; week <= window; week++) {
            int cases = counts.in(monday.minusWeeks(leftOut + week));
            sum += cases;
            squares += (double) cases * cases;
        }
        double mean = sum / window;
        double variance = Math.max(0, (squares - sum * mean) / (window - 1));
        return new Expected(mean, Math.sqrt(Math.max(LEAST_VARIANCE, Math.max(mean, variance))));
    }
}
