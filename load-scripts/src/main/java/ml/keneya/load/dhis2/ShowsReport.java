package ml.keneya.load.dhis2;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.load.dhis2.WeekOutcome.Change;
import ml.keneya.load.dhis2.WeekOutcome.Line;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;

/** The reconciliation for people: a few lines a week, and of what did not go all that a remedy needs. */
final class ShowsReport {
    /** Lines of one kind; the files have them all. */
    private static final int SHOWN = 20;

    private final Terminal terminal;

    ShowsReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(PushReport report) {
        Destination destination = report.destination();
        terminal.say(
                report.isDryRun() ? "dhis2.heading-dry-run" : "dhis2.heading",
                destination.server(),
                destination.dataSet());
        report.weeks().forEach(this::show);
        report.failed()
                .forEach(failed ->
                        terminal.remark("dhis2.week-failed", failed.week(), failed.explainedIn(terminal.messages())));
        ExplainedException ended = report.ended();
        if (ended != null) {
            terminal.remark("dhis2.ended", ended.explainedIn(terminal.messages()));
        }
    }

    private void show(WeekOutcome week) {
        Messages messages = terminal.messages();
        terminal.blank();
        terminal.say("dhis2.week-heading", week.week(), week.version());
        terminal.say(
                "dhis2.sent",
                week.lines().size() - week.fates(Fate.Kind.NOT_SENT),
                week.changes(Change.NEW),
                week.changes(Change.CHANGED),
                week.changes(Change.DELETED),
                week.unchanged());
        terminal.say(
                "dhis2.counts",
                week.counts().imported(),
                week.counts().updated(),
                week.counts().deleted(),
                week.counts().ignored());
        terminal.say(
                "dhis2.fates",
                week.fates(Fate.Kind.ACCEPTED),
                week.fates(Fate.Kind.REFUSED),
                week.fates(Fate.Kind.UNKNOWN),
                week.fates(Fate.Kind.NOT_SENT));
        terminal.say("dhis2.left-out", week.plan().silent(), week.plan().excluded());
        groups(week).forEach((title, lines) -> {
            terminal.line("  " + title);
            lines.stream().limit(SHOWN).forEach(line -> terminal.line("    " + words(line)));
            if (lines.size() > SHOWN) {
                terminal.say("dhis2.more", lines.size() - SHOWN);
            }
        });
        if (!week.plan().unmapped().isEmpty()) {
            terminal.say("dhis2.unmapped");
            week.plan()
                    .unmapped()
                    .forEach(each -> terminal.say(
                            "dhis2.unmapped-line",
                            Remedies.of(each, messages),
                            each.code().isEmpty() ? "—" : (each.code() + " " + each.name()).strip(),
                            each.values(),
                            each.sum()));
        }
    }

    /** What was not accepted, by reason and remedy. */
    private Map<String, List<Line>> groups(WeekOutcome week) {
        return week.lines().stream()
                .filter(line -> line.fate().kind() != Fate.Kind.ACCEPTED)
                .collect(Collectors.groupingBy(this::title, TreeMap::new, Collectors.toList()));
    }

    private String title(Line line) {
        Messages messages = terminal.messages();
        String kind = messages.text("dhis2.fate." + line.fate().kind());
        String code = line.fate().code().isEmpty() ? "" : " " + line.fate().code();
        return messages.text("dhis2.group", kind + code, Remedies.of(line.fate(), messages));
    }

    private String words(Line line) {
        Messages messages = terminal.messages();
        String value = line.now() == null
                ? messages.text(
                        "dhis2.line-deleted",
                        line.before() == null ? "?" : line.before().toString())
                : String.valueOf(line.now());
        String place = line.counted().name().isEmpty()
                ? line.counted().place()
                : line.counted().name() + " (" + line.counted().place() + ")";
        String theirs = line.key().orgUnit() + " · " + line.key().dataElement()
                + (line.key().optionCombo().isEmpty() ? "" : " · " + line.key().optionCombo());
        String said = line.fate().words().isEmpty()
                ? ""
                : " — " + messages.text("dhis2.of-dhis2", line.fate().words());
        return place + " · " + line.counted().what() + " = " + value + " [" + theirs + "]" + said;
    }
}
