package ml.keneya.store;

import java.time.Instant;

/**
 * What was committed at one moment. PostgreSQL's snapshot says it exactly; the clock does not, because a transaction
 * may begin before an instant and commit after it.
 *
 * @param taken not before the snapshot was, in whole milliseconds
 * @param snapshot PostgreSQL's {@code pg_snapshot} as a text
 * @param epoch raised by a logical restore, after which the snapshot means nothing
 */
public record Moment(Instant taken, String snapshot, int epoch) {}
