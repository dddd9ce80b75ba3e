package ml.keneya.load.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import ml.keneya.load.bench.Sample.Flaw;

/**
 * The repeats of one measurement against one server.
 *
 * @param name what was measured: {@code ingest}, {@code read}, the label of a search
 * @param bestCalibration the least that the fixed piece of work took in the whole run, in milliseconds
 */
record Figure(String name, String target, int concurrency, List<Sample> samples, double bestCalibration, boolean cold) {
    Figure {
        samples = List.copyOf(samples);
    }

    /** Over the runs that nothing disturbed; over all of them where each was disturbed, which the figure then says. */
    Spread of(ToDoubleFunction<Sample> reading) {
        return Spread.of((sound().isEmpty() ? samples : sound()).stream().mapToDouble(reading));
    }

    List<Sample> sound() {
        return samples.stream()
                .filter(sample -> sample.flaws(bestCalibration, cold).isEmpty())
                .toList();
    }

    /** Only then may it be quoted. */
    boolean isPublishable() {
        return !sound().isEmpty();
    }

    Set<Flaw> flaws() {
        Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
        samples.forEach(sample -> flaws.addAll(sample.flaws(bestCalibration, cold)));
        return flaws;
    }

    /** How many times the other's figure this one is, run by run, because a pair of runs shared its moment. */
    Spread timesThatOf(Figure other, ToDoubleFunction<Sample> reading) {
        int pairs = Math.min(samples.size(), other.samples.size());
        return Spread.of(java.util.stream.IntStream.range(0, pairs)
                .mapToDouble(pair ->
                        reading.applyAsDouble(samples.get(pair)) / reading.applyAsDouble(other.samples.get(pair))));
    }
}
