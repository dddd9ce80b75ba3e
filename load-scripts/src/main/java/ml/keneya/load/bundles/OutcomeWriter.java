package ml.keneya.load.bundles;

/** Writes outcomes as they come, and the sum of them at the end. */
interface OutcomeWriter {
    void accepted(Outcome.Accepted outcome);

    void refused(Outcome.Refused outcome);

    void unsent(Outcome.Unsent outcome);

    void summary(LoadTotals totals, RefusalCounts refusals, double seconds);
}
