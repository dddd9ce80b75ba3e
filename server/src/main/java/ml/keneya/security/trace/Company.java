package ml.keneya.security.trace;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are being answered and whose access has not yet come to be written down. Whoever writes waits a
 * little for them, because eight cost the database three fifths of what they cost by threes (docs/benchmarks.md).
 */
class Company {

    private final AtomicInteger underWay = new AtomicInteger();

    /** While it waits. */
    private volatile @Nullable Thread writer;

    /** A request is there; whoever says so says of it too when it need not be waited for any more. */
    Guest enters() {
        underWay.incrementAndGet();
        return new Guest();
    }

    /** Only for the one who writes: returns when nobody is under way. */
    void await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        writer = Thread.currentThread();
        long left = longest.toNanos();
        while (left > 0 && !isComplete() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
        writer = null;
    }

    /** Whether nobody is under way. */
    boolean isComplete() {
        return underWay.get() == 0;
    }

    /** Whether somebody waits for them. */
    boolean isAwaited() {
        return writer != null;
    }

    /** One of them. Only for the thread of its request. */
    final class Guest {

        private boolean expected = true;

        /** Its access stands in the queue, or there will be none. What is said a second time changes nothing. */
        void arrives() {
            if (!expected) {
                return;
            }
            expected = false;
            if (underWay.decrementAndGet() == 0) {
                LockSupport.unpark(writer);
            }
        }
    }
}
