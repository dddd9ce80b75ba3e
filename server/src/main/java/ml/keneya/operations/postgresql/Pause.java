package ml.keneya.operations.postgresql;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits a moment before looking again at a process of which nothing tells us. */
final class Pause {

    private Pause() {}

    static void of(Duration duration) throws InterruptedIOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for PostgreSQL.");
        }
    }
}
