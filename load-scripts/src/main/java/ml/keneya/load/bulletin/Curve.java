package ml.keneya.load.bulletin;

import java.util.List;

/**
 * Numbers by week.
 *
 * @param points one a week, in order; what is not known interrupts the line
 */
record Curve(String name, List<Count> points) {
    Curve {
        points = List.copyOf(points);
    }

    long highest() {
        return points.stream()
                .filter(Count::isKnown)
                .mapToLong(Count::number)
                .max()
                .orElse(0);
    }

    boolean isEmpty() {
        return points.stream().noneMatch(Count::mayBePositive);
    }

    /** A line across, from which on there is an alert. */
    record Line(String name, double value) {}
}
