package ml.keneya.security.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What one client may still do: so many requests, which come back with time, and so many at once. */
class Allowance {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rate rate;
    private final Bucket requests;
    private final Semaphore places;

    /** @param burst requests at once after a time of silence */
    record Rate(int perMinute, int burst, int concurrent) {}

    Allowance(Rate rate, TimeMeter clock) {
        this.rate = rate;
        this.requests = Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perMinute(), Duration.ofMinutes(1)))
                .withCustomTimePrecision(clock)
                .build();
        this.places = new Semaphore(rate.concurrent());
    }

    Rate rate() {
        return rate;
    }

    /** Takes one request; or says in how many seconds there will be one, 0 when it took it. */
    long take() {
        return seconds(requests.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** The same without taking it. */
    long secondsUntilNext() {
        return seconds(requests.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** Rounded up, so that who waits that long does not come too early. */
    private static long seconds(long nanoseconds) {
        return (nanoseconds + SECOND - 1) / SECOND;
    }

    /** Whether there was a place; who got one gives it back by {@link #leave}. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }
}
