package ml.keneya.security.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import ml.keneya.security.limits.Allowance.Rate;

/**
 * The allowances of those who called lately. They are counted by each copy of the server on its own: two copies allow
 * twice as much, and none waits for the other.
 */
class Allowances {

    /** Far longer than an empty allowance needs to fill up, so nobody gains by being forgotten. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final int MOST = 50_000;

    private final Cache<String, Allowance> known =
            Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(MOST).build();
    private final TimeMeter clock;

    Allowances(TimeMeter clock) {
        this.clock = clock;
    }

    Allowance of(String whom, Rate rate) {
        return known.get(whom, unknown -> new Allowance(rate, clock));
    }
}
