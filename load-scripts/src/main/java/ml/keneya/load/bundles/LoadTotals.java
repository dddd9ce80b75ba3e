package ml.keneya.load.bundles;

/**
 * How many bundles met which fate.
 *
 * @param replayed those of the accepted that the exchange had taken before
 * @param knownAccepted not sent, because a journal says that they were accepted
 * @param knownRefused not sent, because a journal says that they were refused
 */
record LoadTotals(
        long accepted,
        long replayed,
        long refused,
        long unsent,
        long resources,
        long knownAccepted,
        long knownRefused) {
    static final LoadTotals NONE = new LoadTotals(0, 0, 0, 0, 0, 0, 0);

    LoadTotals plus(Outcome.Accepted outcome) {
        long again = outcome.replayed() ? 1 : 0;
        return new LoadTotals(
                accepted + 1,
                replayed + again,
                refused,
                unsent,
                resources + outcome.resources(),
                knownAccepted,
                knownRefused);
    }

    LoadTotals plus(Outcome.Refused outcome) {
        return new LoadTotals(
                accepted, replayed, refused + 1, unsent, resources + outcome.resources(), knownAccepted, knownRefused);
    }

    LoadTotals plusUnsent() {
        return new LoadTotals(accepted, replayed, refused, unsent + 1, resources, knownAccepted, knownRefused);
    }

    LoadTotals plusKnown(boolean wasAccepted) {
        return new LoadTotals(
                accepted,
                replayed,
                refused,
                unsent,
                resources,
                knownAccepted + (wasAccepted ? 1 : 0),
                knownRefused + (wasAccepted ? 0 : 1));
    }

    long known() {
        return knownAccepted + knownRefused;
    }

    long done() {
        return accepted + refused + unsent;
    }

    boolean allAccepted() {
        return refused + unsent + knownRefused == 0;
    }
}
