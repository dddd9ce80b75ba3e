package ml.keneya.load.bundles;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;

/** Says what became of each bundle as it happens, and counts. */
public final class LoadReport {
    private final Terminal terminal;
    private final boolean json;
    private long accepted;
    private long replayed;
    private long refused;
    private long unsent;
    private long resources;

    /** @param json one JSON object a line instead of words */
    public LoadReport(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    public void add(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted kept) {
            addAccepted(kept);
        } else if (outcome instanceof Outcome.Refused turnedDown) {
            addRefused(turnedDown);
        } else if (outcome instanceof Outcome.Unsent left) {
            addUnsent(left);
        }
    }

    private void addAccepted(Outcome.Accepted outcome) {
        accepted++;
        resources += outcome.resources();
        if (outcome.replayed()) {
            replayed++;
        }
        if (json) {
            terminal.json(line(outcome, "accepted")
                    .put("resources", outcome.resources())
                    .put("warnings", outcome.warnings())
                    .put("replayed", outcome.replayed()));
            return;
        }
        String warnings = outcome.warnings() == 0 ? "" : terminal.messages().text("load.warnings", outcome.warnings());
        String again = outcome.replayed() ? terminal.messages().text("load.again") : "";
        terminal.say("load.accepted", outcome.name(), outcome.resources(), warnings + again);
    }

    private void addRefused(Outcome.Refused outcome) {
        refused++;
        resources += outcome.resources();
        if (json) {
            ObjectNode line =
                    line(outcome, "refused").put("httpStatus", outcome.status()).put("resources", outcome.resources());
            outcome.issues()
                    .forEach(issue -> describe(issue, line.withArray("issues").addObject()));
            terminal.json(line);
            return;
        }
        terminal.say("load.refused", outcome.name(), outcome.status());
        outcome.issues().stream().filter(Issue::isRefusal).forEach(issue -> terminal.line("           " + issue));
        if (outcome.issues().isEmpty()) {
            terminal.say("load.no-words");
        }
    }

    private static void describe(Issue issue, ObjectNode described) {
        described
                .put("severity", issue.severity())
                .put("diagnostics", issue.text())
                .put("expression", issue.expression());
    }

    private void addUnsent(Outcome.Unsent outcome) {
        unsent++;
        String reason = terminal.messages().text(outcome.reason(), outcome.detail());
        if (json) {
            terminal.json(line(outcome, "unsent").put("reason", reason));
            return;
        }
        terminal.say("load.unsent", outcome.name(), reason);
    }

    private static ObjectNode line(Outcome outcome, String status) {
        return Json.object().put("bundle", outcome.name()).put("status", status);
    }

    public void summary(Duration taken) {
        double seconds = taken.toMillis() / 1000.0;
        if (!json) {
            terminal.say("load.summary", accepted, replayed, resources, refused, unsent, seconds);
            return;
        }
        ObjectNode document = Json.object();
        document.putObject("summary")
                .put("accepted", accepted)
                .put("replayed", replayed)
                .put("refused", refused)
                .put("unsent", unsent)
                .put("resources", resources)
                .put("seconds", seconds);
        terminal.json(document);
    }

    public int exitStatus() {
        return refused + unsent == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
