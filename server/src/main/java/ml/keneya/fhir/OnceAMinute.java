package ml.keneya.fhir;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one line a minute into the log of what would otherwise stand there for every request. For several threads. */
public final class OnceAMinute {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** Whether it is time again; whoever is told so has the minute. */
    public boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE);
    }
}
