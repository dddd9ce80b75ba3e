package ml.keneya.load.bundles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.Terminal;

/** One JSON object a bundle, for scripts. */
final class WritesJsonLines implements OutcomeWriter {
    private final Terminal terminal;

    WritesJsonLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accepted(Outcome.Accepted outcome) {
        ObjectNode line =
                line(outcome, "accepted").put("resources", outcome.resources()).put("replayed", outcome.replayed());
        terminal.json(withIssues(line, outcome.warnings()));
    }

    @Override
    public void refused(Outcome.Refused outcome) {
        ObjectNode line =
                line(outcome, "refused").put("httpStatus", outcome.status()).put("resources", outcome.resources());
        terminal.json(withIssues(line, outcome.issues()));
    }

    @Override
    public void unsent(Outcome.Unsent outcome) {
        terminal.json(
                line(outcome, "unsent").put("reason", terminal.messages().text(outcome.reason(), outcome.detail())));
    }

    @Override
    public void summary(LoadTotals totals, RefusalCounts refusals, double seconds) {
        ObjectNode document = Json.object();
        ObjectNode summary = document.putObject("summary")
                .put("accepted", totals.accepted())
                .put("replayed", totals.replayed())
                .put("refused", totals.refused())
                .put("unsent", totals.unsent())
                .put("resources", totals.resources())
                .put("knownAccepted", totals.knownAccepted())
                .put("knownRefused", totals.knownRefused())
                .put("seconds", seconds);
        ObjectNode codes = summary.putObject("refusals");
        refusals.byCode().forEach((code, count) -> codes.put(code, count.bundles()));
        terminal.json(document);
    }

    private static ObjectNode line(Outcome outcome, String status) {
        return Json.object().put("bundle", outcome.name()).put("status", status);
    }

    private static ObjectNode withIssues(ObjectNode line, List<Issue> issues) {
        ArrayNode array = line.putArray("issues");
        issues.forEach(issue -> array.addObject()
                .put("severity", issue.severity())
                .put("code", issue.code())
                .put("diagnostics", issue.text())
                .put("expression", issue.expression()));
        return line;
    }
}
