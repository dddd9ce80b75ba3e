package ml.keneya.load.dhis2;

import java.util.Optional;
import ml.keneya.load.dhis2.ImportSummary.Conflict;

/**
 * What became of one value.
 *
 * @param code of DHIS2's conflict; empty where it named none, and where it skipped a zero the property that makes it
 */
record Fate(Kind kind, String code, String words) {
    /** From DHIS2's point of view. */
    enum Kind {
        ACCEPTED,
        REFUSED,
        /** It may be stored there or not. */
        UNKNOWN,
        /** The push ended before. */
        NOT_SENT
    }

    static final Fate ACCEPTED = new Fate(Kind.ACCEPTED, "", "");

    static final Fate NOT_SENT = new Fate(Kind.NOT_SENT, "", "");

    /** DHIS2 says nothing of it: its element is without {@code zeroIsSignificant}, and what was there stays. */
    static final Fate ZERO_SKIPPED = new Fate(Kind.REFUSED, "zeroIsSignificant", "");

    static Fate unknown(String words) {
        return new Fate(Kind.UNKNOWN, "", words);
    }

    private static Fate refused(Conflict conflict) {
        return new Fate(Kind.REFUSED, conflict.code(), conflict.words());
    }

    /**
     * What a summary says of the value at a place of the list that was sent.
     *
     * @param deletion DHIS2 also calls rejected, without a conflict, what was not there to be deleted
     */
    static Fate of(ImportSummary summary, int index, boolean deletion) {
        if (summary.isBroken()) {
            return unknown(summary.description());
        }
        if (summary.isAborted()) {
            return refused(summary.conflicts().get(0));
        }
        Optional<Conflict> conflict = summary.conflicts().stream()
                .filter(each -> each.indexes().contains(index))
                .findFirst();
        if (conflict.isPresent()) {
            return refused(conflict.get());
        }
        if (summary.rejected().isEmpty() && !summary.conflicts().isEmpty()) {
            // An old DHIS2 says that something is wrong, and not with which value.
            return unknown(summary.conflicts().get(0).words());
        }
        boolean rejected =
                summary.rejected().map(indexes -> indexes.contains(index)).orElse(false);
        return rejected && !deletion ? new Fate(Kind.REFUSED, "", summary.description()) : ACCEPTED;
    }
}
