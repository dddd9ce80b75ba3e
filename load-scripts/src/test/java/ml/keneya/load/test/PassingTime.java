package ml.keneya.load.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import ml.keneya.load.exchange.Timing;

/** A time in which pauses pass at once and are remembered, and chance always draws zero. */
public final class PassingTime {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();

    public Timing timing() {
        RandomGenerator zero = () -> 0L;
        return new Timing(Clock.fixed(NOW, ZoneOffset.UTC), zero, pauses::add);
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
