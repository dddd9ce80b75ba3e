package ml.keneya.load.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a benchmark is run.
 *
 * @param first number of the first bundle
 * @param warmup how many bundles each server takes before anything is measured
 * @param alreadyWarm whether the caller says that the servers have been warmed by an earlier run
 * @param repeats how often each figure is taken
 * @param facility the one site that sends everything, which the server knows already; null for the many that the
 *     bundles name
 * @param concurrency how many workers, one figure each
 */
record BenchPlan(
        int first,
        int warmup,
        boolean alreadyWarm,
        int repeats,
        @Nullable String facility,
        List<Integer> concurrency) {
    /** Fewer, and the compiler of a Java server still takes a third of its CPU (docs/benchmarks.md). */
    private static final int ENOUGH = 6_000;

    BenchPlan {
        concurrency = List.copyOf(concurrency);
    }

    /** The driver warms up in proportion: nobody waits for a calibration that a cold server makes worthless. */
    int calibrationWarmUps() {
        return alreadyWarm ? ENOUGH / 100 : warmup / 100;
    }

    boolean leavesCold() {
        return warmup < ENOUGH && !alreadyWarm;
    }
}
