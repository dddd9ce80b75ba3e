package ml.keneya.load.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of some figures, and how far they lie apart. Not a number where there are none. */
record Spread(double median, double least, double most) {
    static Spread of(DoubleStream figures) {
        double[] sorted =
                figures.filter(figure -> !Double.isNaN(figure)).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(median));
    }

    String withRange(Locale language, int decimals) {
        String format = "%." + decimals + "f";
        return Double.isNaN(median)
                ? "–"
                : String.format(language, format + " [" + format + ".." + format + "]", median, least, most);
    }

    String plain(Locale language, int decimals) {
        return Double.isNaN(median) ? "–" : String.format(language, "%." + decimals + "f", median);
    }
}
