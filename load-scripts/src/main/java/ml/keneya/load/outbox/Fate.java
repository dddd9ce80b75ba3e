package ml.keneya.load.outbox;

import java.time.Duration;
import java.util.Optional;

/** What became of one file when it was offered to the exchange. */
sealed interface Fate {
    /** The exchange keeps it, and said so. */
    record Sent(String answer) implements Fate {}

    /** The exchange does not want it, or it is no bundle; sending it again would change nothing. */
    record Refused(String answer) implements Fate {}

    /**
     * The exchange has taken it and will say later what became of it.
     *
     * @param asked how long the exchange wants us to wait before we ask
     */
    record Later(Optional<Duration> asked) implements Fate {}

    /** It is still being written. */
    record Unfinished() implements Fate {}

    /**
     * This file could not be dealt with for now; others may.
     *
     * @param asked how long the exchange wants us to wait
     */
    record Postponed(Reason reason, Optional<Duration> asked) implements Fate {}

    /** No file can be sent for now: the link, the exchange or the token is the matter. */
    record LinkDown(Reason reason, Optional<Duration> asked) implements Fate {}

    /** A sentence by its key, for example {@code setback.status}, and what it speaks of. */
    record Reason(String key, Object value) {}
}
