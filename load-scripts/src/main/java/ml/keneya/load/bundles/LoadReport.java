package ml.keneya.load.bundles;

import java.time.Duration;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;

/** Says what became of each bundle as it happens, and counts; several workers may tell it at once. */
public final class LoadReport {
    private final OutcomeWriter writer;
    private final boolean showsAccepted;
    private final RefusalCounts refusals = new RefusalCounts();
    private LoadTotals totals = LoadTotals.NONE;

    private LoadReport(OutcomeWriter writer, boolean showsAccepted) {
        this.writer = writer;
        this.showsAccepted = showsAccepted;
    }

    /** A report that a person reads. */
    public static LoadReport inWords(Terminal terminal, boolean withWarnings) {
        return new LoadReport(new WritesWords(terminal, withWarnings), true);
    }

    /** A report that a script reads, one JSON object a line. */
    public static LoadReport inJson(Terminal terminal) {
        return new LoadReport(new WritesJsonLines(terminal), true);
    }

    /** A report for so many bundles that only those are shown which were not accepted. */
    public static LoadReport ofMany(Terminal terminal, boolean json) {
        return new LoadReport(json ? new WritesJsonLines(terminal) : new WritesWords(terminal, false), false);
    }

    public synchronized void add(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            totals = totals.plus(accepted);
            if (showsAccepted) {
                writer.accepted(accepted);
            }
        } else if (outcome instanceof Outcome.Refused refused) {
            totals = totals.plus(refused);
            refusals.add(refused);
            writer.refused(refused);
        } else if (outcome instanceof Outcome.Unsent unsent) {
            totals = totals.plusUnsent();
            writer.unsent(unsent);
        }
    }

    /** A bundle that was not sent, because it is known what became of it before. */
    public synchronized void addKnown(boolean wasAccepted) {
        totals = totals.plusKnown(wasAccepted);
    }

    /** How many bundles were dealt with in this run. */
    public synchronized long done() {
        return totals.done();
    }

    /** How many of them the exchange did not take. */
    public synchronized long notAccepted() {
        return totals.refused() + totals.unsent();
    }

    public synchronized void summary(Duration taken) {
        writer.summary(totals, refusals, taken.toMillis() / 1000.0);
    }

    public synchronized int exitStatus() {
        return totals.allAccepted() ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
