package ml.keneya.security.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The chain of this process. Only the one writer uses it, so that each row is hashed over the one before.
 *
 * <p>Every now and then its end is noted: in a table of anchors and in the log, which should be kept on another
 * machine. Whoever rewrites or cuts the chain afterwards would have to rewrite those too.
 */
class TraceChain {

    private static final Logger log = LoggerFactory.getLogger(TraceChain.class);

    private final TraceRows rows;
    private final TransactionOperations transactions;
    private final TransactionOperations alone;
    private final Clock clock;
    private final Duration anchorEvery;

    private @Nullable ChainHead head;
    private boolean uncertain;
    private @Nullable ChainHead anchored;
    private Instant anchoredAt;

    /** @param alone around one statement, which is durable as a whole once it has returned, or not at all */
    TraceChain(
            TraceRows rows,
            TransactionOperations transactions,
            TransactionOperations alone,
            Clock clock,
            Duration anchorEvery) {
        this.rows = rows;
        this.transactions = transactions;
        this.alone = alone;
        this.clock = clock;
        this.anchorEvery = anchorEvery;
        this.anchoredAt = clock.instant();
    }

    /** Adds the events, all or none; when this returns they are durable. */
    void append(List<TraceEvent> events) {
        ChainHead from = whereItEnds();
        List<TracedEvent> links = link(from, events);
        ChainHead end = links.get(links.size() - 1).asHead();
        try {
            add(links);
        } catch (RuntimeException failed) {
            // Whether the connection broke before or after the commit, only the table can tell.
            uncertain = true;
            if (!whereItEnds().equals(end)) {
                uncertain = true;
                add(links);
                uncertain = false;
            }
        }
        head = end;
        anchorIfDue();
    }

    /** One statement is a transaction by itself, which spares the database two questions. */
    private void add(List<TracedEvent> links) {
        boolean isOneStatement = links.size() <= TraceRows.MOST_IN_A_STATEMENT;
        (isOneStatement ? alone : transactions).executeWithoutResult(status -> rows.add(links));
    }

    void anchorIfDue() {
        if (!anchoredAt.plus(anchorEvery).isAfter(clock.instant())) {
            anchor(false);
        }
    }

    /** Notes where the chain ended, so that rows cut from its end or added to it are missed. */
    void close() {
        anchor(true);
    }

    private void anchor(boolean closing) {
        ChainHead now = head;
        if (now == null || now.equals(anchored) && !closing) {
            return;
        }
        try {
            transactions.executeWithoutResult(status -> rows.anchor(now, clock.instant(), closing));
            log.info("Trace anchor {}", now.inWords());
            anchored = now;
            anchoredAt = clock.instant();
        } catch (RuntimeException failed) {
            // The next batch tries again; the rows themselves are safe.
            log.warn("Trace anchor {} could not be kept", now.inWords());
        }
    }

    private ChainHead whereItEnds() {
        ChainHead known = head;
        if (known == null) {
            known = transactions.execute(status -> rows.begin(clock.instant()));
        } else if (uncertain) {
            known = rows.last(known.chain()).orElse(known);
            uncertain = false;
        }
        head = known;
        return Objects.requireNonNull(known);
    }

    private static List<TracedEvent> link(ChainHead from, List<TraceEvent> events) {
        List<TracedEvent> links = new ArrayList<>(events.size());
        ChainHead end = from;
        for (TraceEvent event : events) {
            TracedEvent link = end.next(event);
            links.add(link);
            end = link.asHead();
        }
        return links;
    }
}
