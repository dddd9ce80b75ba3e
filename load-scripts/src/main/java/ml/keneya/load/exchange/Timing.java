package ml.keneya.load.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Time and chance, handed in so that a test of patience needs none. */
public record Timing(Clock clock, RandomGenerator random, Pause pause) {
    /** Waits for a while. */
    @FunctionalInterface
    public interface Pause {
        void lasting(Duration wait) throws InterruptedException;
    }

    public static Timing real() {
        // Several workers draw at once.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new Timing(Clock.systemUTC(), random, wait -> Thread.sleep(wait.toMillis()));
    }
}
