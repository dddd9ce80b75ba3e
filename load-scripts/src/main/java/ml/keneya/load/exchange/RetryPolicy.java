package ml.keneya.load.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before trying again: at random between nothing and a time that doubles with each try ("full
 * jitter"), so that sites that lost the link together do not come back together.
 *
 * @param longestRetryAfter beyond it we would rather end and let the caller decide than seem to hang
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, Duration longestRetryAfter) {
    public static final RetryPolicy USUAL =
            new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(15));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("At least one attempt is needed, not " + attempts);
        }
    }

    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, first, longest, longestRetryAfter);
    }

    /**
     * How long to wait, or nothing when it is time to give up.
     *
     * @param draw a random number from 0 to 1
     */
    public Optional<Duration> waitAfter(int attemptsMade, Optional<Duration> asked, double draw) {
        if (attemptsMade >= attempts) {
            return Optional.empty();
        }
        return asked.isPresent()
                ? asked.filter(this::isBearable).map(wait -> spread(wait, draw))
                : Optional.of(backoff(attemptsMade, draw));
    }

    private boolean isBearable(Duration asked) {
        return asked.compareTo(longestRetryAfter) <= 0;
    }

    // Never earlier than the server asked, and up to a tenth later.
    private static Duration spread(Duration asked, double draw) {
        return asked.plusMillis(Math.round(asked.toMillis() * 0.1 * draw));
    }

    private Duration backoff(int attemptsMade, double draw) {
        long doubled = first.toMillis() << Math.min(attemptsMade - 1, 20);
        long ceiling = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(ceiling * draw));
    }
}
