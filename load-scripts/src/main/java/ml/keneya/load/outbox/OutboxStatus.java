package ml.keneya.load.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an outbox stands.
 *
 * @param waiting files that wait, those in the making included
 * @param sent files that the exchange has taken since the outbox was opened
 * @param refused files that it has not taken
 * @param trouble what is in the way, as a sentence for people; nothing when all goes well
 * @param untilNextTry how long it will be before the next try
 */
public record OutboxStatus(
        long waiting, long sent, long refused, @Nullable String trouble, Duration untilNextTry) {}
