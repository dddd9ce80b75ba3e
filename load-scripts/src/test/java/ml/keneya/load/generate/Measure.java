package ml.keneya.load.generate;

import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * A figure counted in generated records.
 *
 * @param error the standard error that it has by chance when the stated figure is true
 */
record Measure(double value, DoubleUnaryOperator error) {
    /** In percent, of cases that are independent of each other. */
    static Measure share(long part, long all) {
        return new Measure(100.0 * part / all, stated -> Math.sqrt(stated * (100 - stated) / all));
    }

    static <T> Measure share(Collection<T> all, Predicate<T> test) {
        return share(all.stream().filter(test).count(), all.size());
    }

    /** Events in so many thousand units of exposure. */
    static Measure rate(long events, double thousands) {
        return new Measure(events / thousands, stated -> Math.sqrt(stated / thousands));
    }

    static Measure mean(List<Double> values) {
        double mean = values.stream().mapToDouble(each -> each).average().orElseThrow();
        double variance = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow();
        return new Measure(mean, stated -> Math.sqrt(variance / values.size()));
    }

    /** Half of the distance between the quartiles stands for 0.67 standard deviations, as in a normal distribution. */
    static Measure median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        double quartiles = sorted.get(sorted.size() * 3 / 4) - sorted.get(sorted.size() / 4);
        return new Measure(
                sorted.get(sorted.size() / 2), stated -> 1.2533 * quartiles / 1.349 / Math.sqrt(sorted.size()));
    }

    /** A figure without chance, that may differ by rounding. */
    static Measure fixed(double value, double rounding) {
        return new Measure(value, stated -> rounding);
    }
}
