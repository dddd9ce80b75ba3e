package ml.keneya.store;

/**
 * A place in the change log that no later commit can slip in before.
 *
 * @param epoch raised by a logical restore, after which older positions mean nothing
 * @param transactionId PostgreSQL's xid8: every change of a smaller one was visible
 */
public record ChangePosition(int epoch, long transactionId) {}
