package ml.keneya.intake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A pace in real time, or that many times faster.
 *
 * @param roundTrip of one packet and its answer
 * @param bytesPerSecond in one direction
 * @param timesFaster 1 for the speed as it is
 */
record Speed(Duration roundTrip, int bytesPerSecond, double timesFaster) implements NarrowLink.Pace {

    private static final double NANOSECONDS = 1e9;

    /** What a health centre has where there is 2G: 600 ms there and back, 8 kB in a second. */
    static Speed of2G(double timesFaster) {
        return new Speed(Duration.ofMillis(600), 8_000, timesFaster);
    }

    @Override
    public void travel() {
        LockSupport.parkNanos((long) (roundTrip.toNanos() / 2.0 / timesFaster));
    }

    @Override
    public void follow(int bytes) {
        LockSupport.parkNanos((long) (bytes * NANOSECONDS / bytesPerSecond / timesFaster));
    }
}
