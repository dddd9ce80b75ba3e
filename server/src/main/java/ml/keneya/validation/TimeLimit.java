package ml.keneya.validation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much processor time one record may take, so that a pathological one cannot hold a worker. Processor time, because
 * on a busy machine a record is not at fault for having waited.
 */
final class TimeLimit {

    /** Reading the clock of a thread costs more than what is done between two readings. */
    private static final int CALLS_BETWEEN_READINGS = 512;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<@Nullable TimeLimit> CURRENT = new ThreadLocal<>();

    private final long end;
    private int calls;

    private TimeLimit(long end) {
        this.end = end;
    }

    /** @throws Exceeded when the work is still not done after that time; only work that calls {@link #check} notices */
    static <T> T within(Duration processorTime, Supplier<T> work) {
        TimeLimit around = CURRENT.get();
        CURRENT.set(new TimeLimit(CLOCK.getCurrentThreadCpuTime() + processorTime.toNanos()));
        try {
            return work.get();
        } finally {
            CURRENT.set(around);
        }
    }

    /** Called from wherever the library asks us something, which it does for every element. */
    static void check() {
        TimeLimit limit = CURRENT.get();
        if (limit != null
                && ++limit.calls % CALLS_BETWEEN_READINGS == 0
                && CLOCK.getCurrentThreadCpuTime() > limit.end) {
            throw new Exceeded();
        }
    }

    /** An Error, because the library turns exceptions into messages and goes on. */
    static final class Exceeded extends Error {

        Exceeded() {
            super("Out of time", null, false, false);
        }
    }
}
