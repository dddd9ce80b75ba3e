package ml.keneya.security.trace;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are being answered, and whose access of them has come to be written down. Whoever writes waits a
 * little until all have come, because one commit for eight costs the database a quarter of one each.
 */
class Company {

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger come = new AtomicInteger();

    /** How many the writer waits for at least; none while it does not. */
    private volatile int wanted;

    private volatile @Nullable Thread writer;

    /** A request is there, whose access will come, or not; always followed by {@link #leaves}. */
    void enters() {
        inside.incrementAndGet();
    }

    void leaves() {
        inside.decrementAndGet();
        wakeIfComplete();
    }

    void comes() {
        come.incrementAndGet();
        wakeIfComplete();
    }

    /** They are written, or given up. */
    void goes(int accesses) {
        come.addAndGet(-accesses);
    }

    /**
     * Only for the one who writes: returns when all have come who are inside.
     *
     * @param fewest how many must have come: clients that ask again and again are, for a moment, not inside
     */
    void await(int fewest, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        writer = Thread.currentThread();
        wanted = Math.max(fewest, 1);
        for (long left = longest.toNanos(); left > 0 && !isComplete(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        wanted = 0;
    }

    private void wakeIfComplete() {
        if (wanted > 0 && isComplete()) {
            LockSupport.unpark(writer);
        }
    }

    private boolean isComplete() {
        return come.get() >= Math.max(wanted, inside.get());
    }
}
