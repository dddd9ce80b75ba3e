package ml.keneya.load.outbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The files that could not be dealt with for now, and when each is to be tried again, by a clock that nobody can set.
 * Forgetting one, as a new start does, only means that it is tried earlier.
 */
final class Postponements {
    private static final int MOST = 1000;

    private final LongSupplier nanos;
    private final Map<String, Postponement> byName = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Postponement> eldest) {
            return size() > MOST;
        }
    };

    private record Postponement(int tries, long untilNanos) {}

    Postponements(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How often it has been tried in vain. */
    int tries(String name) {
        Postponement known = byName.get(name);
        return known == null ? 0 : known.tries();
    }

    /** After a try in vain. */
    void postpone(String name, Duration wait) {
        byName.put(name, new Postponement(tries(name) + 1, nanos.getAsLong() + wait.toNanos()));
    }

    /** Without one: what is to come takes its time. */
    void await(String name, Duration wait) {
        byName.put(name, new Postponement(0, nanos.getAsLong() + wait.toNanos()));
    }

    void forget(String name) {
        byName.remove(name);
    }

    boolean isDue(String name) {
        Postponement known = byName.get(name);
        return known == null || left(known) <= 0;
    }

    private long left(Postponement known) {
        return known.untilNanos() - nanos.getAsLong();
    }

    /** How long until the next is due, of those tried fewer times than that. */
    Optional<Duration> untilNext(int attempts) {
        return byName.values().stream()
                .filter(each -> each.tries() < attempts)
                .map(each -> Duration.ofNanos(Math.max(0, left(each))))
                .min(Duration::compareTo);
    }
}
