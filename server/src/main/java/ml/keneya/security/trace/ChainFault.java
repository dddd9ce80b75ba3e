package ml.keneya.security.trace;

/**
 * A place where the trace is not whole.
 *
 * @param position of the row; for missing rows, of the first that is missing
 */
record ChainFault(int chain, long position, Kind kind) {

    /** What is wrong there. */
    enum Kind {
        /** The row, or the one before it, is not what was written. */
        CHANGED,
        /** One or more rows are not there. */
        MISSING,
        /** The end of the chain is gone: an anchor names a row that is not there. */
        CUT,
        /** The chain continues behind where it was closed. */
        ADDED,
        /** An anchor names another row than the one that stands there: the chain was written anew. */
        REWRITTEN
    }
}
