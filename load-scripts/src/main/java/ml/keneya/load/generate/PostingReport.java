package ml.keneya.load.generate;

import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;

/** Counts what became of posted bundles, and says why the first refused ones were refused. */
final class PostingReport {
    private static final int SHOWN = 20;

    private final Terminal terminal;
    private long accepted;
    private long replayed;
    private long refused;

    PostingReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void add(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted taken) {
            accepted++;
            replayed += taken.replayed() ? 1 : 0;
            return;
        }
        refused++;
        if (refused > SHOWN) {
            return;
        }
        if (outcome instanceof Outcome.Refused answer) {
            terminal.remark("load.refused", answer.name(), answer.status());
            answer.issues().stream()
                    .filter(Issue::isRefusal)
                    .limit(3)
                    .forEach(issue -> terminal.remarkLine("  " + issue));
        } else if (outcome instanceof Outcome.Unsent unsent) {
            terminal.remark("load.unsent", unsent.name(), terminal.messages().text(unsent.reason(), unsent.detail()));
        }
    }

    long accepted() {
        return accepted;
    }

    long replayed() {
        return replayed;
    }

    long refused() {
        return refused;
    }

    int exitStatus() {
        return refused == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
