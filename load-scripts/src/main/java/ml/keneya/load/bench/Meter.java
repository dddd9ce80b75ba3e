package ml.keneya.load.bench;

import org.jspecify.annotations.Nullable;

/** Reads the clocks of all concerned before and after a measurement. */
final class Meter {
    private final ProcessTimes times;
    private final Calibration calibration;

    Meter(ProcessTimes times, Calibration calibration) {
        this.times = times;
        this.calibration = calibration;
    }

    private record Reading(double server, double postgres, double driver, double machine, long nanos) {}

    /** Something that takes a while and comes back with what it saw. */
    @FunctionalInterface
    interface Measured {
        ClosedLoop.Seen run();
    }

    /** @param perRequest how many units (resources, answers) one request counts for */
    Sample measure(Target target, int perRequest, Measured measured) {
        Reading before = read(target);
        ClosedLoop.Seen seen = measured.run();
        Reading after = read(target);
        double server = after.server - before.server;
        double postgres = after.postgres - before.postgres;
        double driver = after.driver - before.driver;
        double others = after.machine - before.machine - server - postgres - driver;
        double seconds = (after.nanos - before.nanos) / 1e9;
        return new Sample(
                seen,
                perRequest,
                new Sample.Cpu(server, postgres, driver),
                Math.max(0, others / seconds),
                calibration.millis(),
                target.server() == null ? Double.NaN : times.residentMebibytes(target.server()));
    }

    private Reading read(Target target) {
        return new Reading(
                one(target.server(), times::of),
                one(target.postgres(), times::withChildren),
                times.ofDriver(),
                times.ofMachine(),
                System.nanoTime());
    }

    private static double one(@Nullable Long process, java.util.function.LongToDoubleFunction reading) {
        return process == null ? Double.NaN : reading.applyAsDouble(process);
    }
}
