package ml.keneya.load.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One measured run against one server.
 *
 * @param perRequest how many units one request counts for: seven resources a bundle, one answer a search
 * @param otherCores how many cores the rest of the machine kept busy meanwhile; not a number where not all processes
 *     are known
 * @param calibrationMillis what the fixed piece of work took right after
 * @param residentMebibytes memory of the server right after
 */
record Sample(
        ClosedLoop.Seen seen,
        int perRequest,
        Cpu cpu,
        double otherCores,
        double calibrationMillis,
        double residentMebibytes) {

    /** CPU seconds, user and system. */
    record Cpu(double server, double postgres, double driver) {}

    /** Why a run is not fit to be published. */
    enum Flaw {
        /** Others used the machine. */
        OTHER_CORES,
        /** Not all processes are known, so nobody can tell who used the machine. */
        UNKNOWN_CORES,
        /** The machine was slower than at its best moment of this run. */
        SLOW_MACHINE,
        /** Some requests failed, and failing may be cheap. */
        ERRORS,
        /** The server had these bundles already. */
        REPLAYS,
        /** The server's compiler was still at work. */
        COLD;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final double MOST_OTHER_CORES = 0.2;
    private static final double MOST_SLOWDOWN = 1.4;

    int requests() {
        return seen.nanos().length;
    }

    double perSecond() {
        return requests() / seen.seconds();
    }

    /** CPU seconds of a thousand units. */
    double perThousand(double cpuSeconds) {
        return cpuSeconds / (requests() * (double) perRequest) * 1000;
    }

    /** CPU seconds of server and database for a thousand units: the figure that a shared machine disturbs least. */
    double costPerThousand() {
        return perThousand(cpu.server() + cpu.postgres());
    }

    /** @param bestCalibration the least that the fixed piece of work took in the whole run */
    Set<Flaw> flaws(double bestCalibration, boolean cold) {
        Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
        add(flaws, Flaw.UNKNOWN_CORES, Double.isNaN(otherCores));
        add(flaws, Flaw.OTHER_CORES, otherCores > MOST_OTHER_CORES);
        add(flaws, Flaw.SLOW_MACHINE, calibrationMillis > MOST_SLOWDOWN * bestCalibration);
        add(flaws, Flaw.ERRORS, seen.errors() > 0);
        add(flaws, Flaw.REPLAYS, seen.replays() > 0);
        add(flaws, Flaw.COLD, cold);
        return flaws;
    }

    private static void add(Set<Flaw> flaws, Flaw flaw, boolean present) {
        if (present) {
            flaws.add(flaw);
        }
    }
}
