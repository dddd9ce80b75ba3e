package ml.keneya.store;

import java.util.List;

/**
 * What must be true together with the records: told of everything that a transaction wrote, inside it, after the change
 * log and before {@link RecordStored} is published, so that listeners of the event already see what was done here. What
 * it throws undoes the transaction.
 */
public interface FollowsWrites {

    /** @param written in the order of writing; the same record may occur several times */
    void follow(List<WrittenRecord> written);
}
