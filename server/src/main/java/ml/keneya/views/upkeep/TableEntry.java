package ml.keneya.views.upkeep;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one table: a row of {@code keneya.view_table}.
 *
 * @param digest of the definition and of the compiler
 * @param epoch of the change log when building began
 * @param caughtUpTo every change of a smaller transaction is in the table, once it is copied
 * @param copiedTo where copying goes on
 * @param copied whether the records that existed at the beginning have all been copied
 */
record TableEntry(
        String tableName,
        String viewName,
        String resourceType,
        String digest,
        String definition,
        State state,
        int epoch,
        long caughtUpTo,
        long copiedTo,
        boolean copied,
        long recordsDone,
        long recordsExpected,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime activatedAt) {

    boolean is(State wanted, String wantedDigest) {
        return state == wanted && digest.equals(wantedDigest);
    }

    /** What readers and writers do with a table. */
    enum State {
        /** Being filled; nobody reads it and writes pass it by, because the change log tells of them. */
        BUILDING,
        /** Read, and kept by every write. */
        ACTIVE,
        /** To be dropped as soon as nobody reads it any more. */
        RETIRED
    }
}
