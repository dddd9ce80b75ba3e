package ml.keneya.intake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the tries of one delivery pass one after the other, so that the second finds what the first has done. Who waits
 * here holds no database connection and has done no work yet. Tries that reach different servers meet in the database
 * ({@link ReceiptLedger#open}).
 */
@Component
class Turnstile {

    /** Half of the container's threads: repetitions of a few deliveries must not keep all others out. */
    private static final int MOST_WAITING = 100;

    private final IntakeSettings settings;
    private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);

    Turnstile(IntakeSettings settings) {
        this.settings = settings;
    }

    <T> T pass(Submission submission, Supplier<T> work) {
        String key = submission.client() + "\n" + submission.facility() + "\n" + submission.key();
        Turn turn = turns.compute(key, (same, present) -> (present == null ? new Turn() : present).joined());
        try {
            enter(turn);
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            turns.computeIfPresent(key, (same, present) -> present.left());
        }
    }

    private void enter(Turn turn) {
        if (turn.lock.tryLock()) {
            return;
        }
        if (!room.tryAcquire()) {
            throw new RefusedException(Refusal.of(RefusalCode.STILL_RUNNING));
        }
        try {
            if (!turn.lock.tryLock(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException(Refusal.of(RefusalCode.STILL_RUNNING));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.of(RefusalCode.BUSY));
        } finally {
            room.release();
        }
    }

    private static final class Turn {

        private final ReentrantLock lock = new ReentrantLock();
        private int tries;

        private Turn joined() {
            tries++;
            return this;
        }

        private @Nullable Turn left() {
            tries--;
            return tries == 0 ? null : this;
        }
    }
}
