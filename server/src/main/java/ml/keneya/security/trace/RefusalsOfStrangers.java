package ml.keneya.security.trace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those whom nobody knows from filling the trace, from which nothing is ever deleted. The first refusals of each
 * address, and of each name that it claims, have rows of their own; those beyond are counted, and each minute's count
 * has one row.
 */
class RefusalsOfStrangers {

    /** What the row of a count says was done. */
    static final String COUNTED = "refusals";

    private static final int A_MINUTE = 20;

    /** Of all strangers together, who may call from many addresses. */
    private static final int A_MINUTE_OF_ALL = 120;

    /** Characters of what a stranger asked for, which nobody has let in. */
    private static final int LONGEST_QUERY = 200;

    /** Counts that are kept apart; beyond, all have one without an address. */
    private static final int COUNTS = 200;

    private static final Duration COUNTED_FOR = Duration.ofMinutes(1);

    private final Clock clock;
    private final Cache<Whose, Bucket> rows = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build();
    private final int burst;
    private final Bucket rowsOfAll;
    private final Map<Whose, Count> counts = new HashMap<>();

    /** @param claimed the id that somebody claimed to be, or that of nobody */
    private record Whose(String claimed, @Nullable String address) {}

    private record Count(Instant since, int refusals, int status) {}

    /**
     * @param burst rows of its own that one address has at once for one claimed name
     * @param burstOfAll the same for all strangers together
     */
    RefusalsOfStrangers(Clock clock, int burst, int burstOfAll) {
        this.clock = clock;
        this.burst = burst;
        this.rowsOfAll = bucket(burstOfAll, A_MINUTE_OF_ALL);
    }

    /** @return whether the event has a row of its own; if not it is counted */
    boolean hasRow(TraceEvent event) {
        if (!event.who().role().equals("ANONYMOUS") || event.result().status() < 400) {
            return true;
        }
        Whose whose = new Whose(event.who().client(), event.who().address());
        if (rows.get(whose, unknown -> bucket(burst, A_MINUTE)).tryConsume(1) && rowsOfAll.tryConsume(1)) {
            return true;
        }
        count(whose, event.result().status());
        return false;
    }

    /** Without what a stranger can make as long as it likes. */
    static TraceEvent cut(TraceEvent event) {
        String query = event.what().query();
        if (!event.who().role().equals("ANONYMOUS") || query == null || query.length() <= LONGEST_QUERY) {
            return event;
        }
        TraceEvent.What what = event.what();
        return new TraceEvent(
                event.at(),
                event.request(),
                event.who(),
                new TraceEvent.What(
                        what.interaction(),
                        what.type(),
                        what.id(),
                        what.patients(),
                        query.substring(0, LONGEST_QUERY) + "…"),
                event.result());
    }

    private synchronized void count(Whose whose, int status) {
        Whose kept = counts.containsKey(whose) || counts.size() < COUNTS ? whose : new Whose("anonymous", null);
        counts.merge(
                kept,
                new Count(clock.instant(), 1, status),
                (before, one) -> new Count(before.since(), before.refusals() + 1, status));
    }

    /** One event for each count that is a minute old. */
    List<TraceEvent> ended() {
        return ended(clock.instant().minus(COUNTED_FOR));
    }

    /** One event for each count. */
    List<TraceEvent> all() {
        return ended(Instant.MAX);
    }

    private synchronized List<TraceEvent> ended(Instant begunBefore) {
        List<Map.Entry<Whose, Count>> ended = counts.entrySet().stream()
                .filter(count -> count.getValue().since().isBefore(begunBefore))
                .map(count -> Map.entry(count.getKey(), count.getValue()))
                .toList();
        ended.forEach(count -> counts.remove(count.getKey()));
        return ended.stream()
                .map(count -> event(count.getKey(), count.getValue()))
                .toList();
    }

    private TraceEvent event(Whose whose, Count count) {
        Instant now = clock.instant();
        return new TraceEvent(
                now,
                null,
                new TraceEvent.Who(whose.claimed(), null, "ANONYMOUS", null, whose.address()),
                new TraceEvent.What(
                        COUNTED,
                        null,
                        null,
                        List.of(),
                        "count=" + count.refusals() + "&since=" + count.since().truncatedTo(ChronoUnit.SECONDS)),
                new TraceEvent.Result(count.status(), null, null));
    }

    private static Bucket bucket(int burst, int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }
}
