package ml.keneya.load.bundles;

import ml.keneya.load.exchange.Issue;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;

/** A line a bundle, for people, with the exchange's own words under it. */
final class WritesWords implements OutcomeWriter {
    private static final String INDENT = " ".repeat(11);

    private final Terminal terminal;
    private final Messages words;
    private final boolean withWarnings;

    WritesWords(Terminal terminal, boolean withWarnings) {
        this.terminal = terminal;
        this.words = terminal.messages();
        this.withWarnings = withWarnings;
    }

    @Override
    public void accepted(Outcome.Accepted outcome) {
        int warnings = outcome.warnings().size();
        String remarks = (warnings == 0 ? "" : words.text("load.warnings", warnings))
                + (outcome.replayed() ? words.text("load.again") : "");
        terminal.say("load.accepted", outcome.name(), outcome.resources(), remarks);
        if (withWarnings) {
            outcome.warnings().forEach(this::line);
        }
    }

    @Override
    public void refused(Outcome.Refused outcome) {
        terminal.say("load.refused", outcome.name(), outcome.status());
        outcome.issues().stream()
                .filter(issue -> issue.isRefusal() || (withWarnings && issue.isWarning()))
                .forEach(this::line);
        if (outcome.issues().isEmpty()) {
            terminal.line(INDENT + words.text("load.no-words"));
        }
    }

    private void line(Issue issue) {
        terminal.line(INDENT + issue);
    }

    @Override
    public void unsent(Outcome.Unsent outcome) {
        terminal.say("load.unsent", outcome.name(), words.text(outcome.reason(), outcome.detail()));
    }

    @Override
    public void summary(LoadTotals totals, RefusalCounts refusals, double seconds) {
        if (!refusals.byCode().isEmpty()) {
            terminal.say("load.refusals");
            refusals.byCode()
                    .forEach((code, count) ->
                            terminal.say("load.refusal", count.bundles(), code, count.words(), count.example()));
        }
        if (totals.known() > 0) {
            terminal.say("load.known", totals.known(), totals.knownRefused());
        }
        terminal.say(
                "load.summary",
                totals.accepted(),
                totals.replayed(),
                totals.resources(),
                totals.refused(),
                totals.unsent(),
                seconds);
    }
}
