package ml.keneya.export;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import ml.keneya.store.FollowsWrites;
import ml.keneya.store.WrittenRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets deliveries go first (decision 0101): while this server writes records, its exports read one piece after another
 * and rest after each, so that however many files are fetched at once they take only a small share of the machine. A
 * file that rests holds neither a connection nor a transaction.
 */
@Component
class RestsDuringWrites implements FollowsWrites {

    /** Somebody delivers when the last write is no longer ago than this. */
    private static final Duration RECENT = Duration.ofMillis(250);

    /** One slow statement must not silence a file for so long that a client takes the link for dead. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Clock clock;
    private final int times;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile long lastWrite;

    @Autowired
    RestsDuringWrites(RestSettings settings) {
        this(settings, Clock.systemUTC());
    }

    RestsDuringWrites(RestSettings settings, Clock clock) {
        this.clock = clock;
        this.times = settings.times();
    }

    /** Reads one piece of a file. */
    @FunctionalInterface
    interface Reading {

        void read() throws IOException;
    }

    @Override
    public void follow(List<WrittenRecord> written) {
        lastWrite = clock.millis();
    }

    /** Reads now when nobody delivers, and otherwise when it is this file's turn. */
    void read(Reading piece) throws IOException {
        if (!isWriting()) {
            piece.read();
            return;
        }
        try {
            turn.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is being stopped.", stopping);
        }
        try {
            long begun = clock.millis();
            piece.read();
            rest(Duration.ofMillis(clock.millis() - begun).multipliedBy(times));
        } finally {
            turn.release();
        }
    }

    private boolean isWriting() {
        return times > 0 && clock.millis() - lastWrite <= RECENT.toMillis();
    }

    private void rest(Duration asked) {
        if (!isWriting()) {
            return;
        }
        try {
            Thread.sleep(Math.min(asked.toMillis(), LONGEST.toMillis()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
