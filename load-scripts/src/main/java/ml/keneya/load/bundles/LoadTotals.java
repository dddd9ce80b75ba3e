package ml.keneya.load.bundles;

/**
 * How many bundles met which fate.
 *
 * @param replayed those of the accepted that the exchange had taken before
 */
record LoadTotals(long accepted, long replayed, long refused, long unsent, long resources) {
    static final LoadTotals NONE = new LoadTotals(0, 0, 0, 0, 0);

    LoadTotals plus(Outcome.Accepted outcome) {
        long again = outcome.replayed() ? 1 : 0;
        return new LoadTotals(accepted + 1, replayed + again, refused, unsent, resources + outcome.resources());
    }

    LoadTotals plus(Outcome.Refused outcome) {
        return new LoadTotals(accepted, replayed, refused + 1, unsent, resources + outcome.resources());
    }

    LoadTotals plusUnsent() {
        return new LoadTotals(accepted, replayed, refused, unsent + 1, resources);
    }

    boolean allAccepted() {
        return refused + unsent == 0;
    }
}
