package ml.keneya.load.bundles;

import java.time.Duration;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;

/** Says what became of each bundle as it happens, and counts. */
public final class LoadReport {
    private final OutcomeWriter writer;
    private LoadTotals totals = LoadTotals.NONE;

    private LoadReport(OutcomeWriter writer) {
        this.writer = writer;
    }

    /** A report that a person reads. */
    public static LoadReport inWords(Terminal terminal, boolean withWarnings) {
        return new LoadReport(new WritesWords(terminal, withWarnings));
    }

    /** A report that a script reads, one JSON object a line. */
    public static LoadReport inJson(Terminal terminal) {
        return new LoadReport(new WritesJsonLines(terminal));
    }

    public void add(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            totals = totals.plus(accepted);
            writer.accepted(accepted);
        } else if (outcome instanceof Outcome.Refused refused) {
            totals = totals.plus(refused);
            writer.refused(refused);
        } else if (outcome instanceof Outcome.Unsent unsent) {
            totals = totals.plusUnsent();
            writer.unsent(unsent);
        }
    }

    void summary(Duration taken) {
        writer.summary(totals, taken.toMillis() / 1000.0);
    }

    public int exitStatus() {
        return totals.allAccepted() ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
