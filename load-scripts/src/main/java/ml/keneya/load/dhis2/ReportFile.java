package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ml.keneya.load.dhis2.ImportSummary.Counts;
import ml.keneya.load.dhis2.WeekOutcome.Line;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.folder.DurableFile;
import ml.keneya.load.terminal.CsvLine;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Messages;
import org.jspecify.annotations.Nullable;

/** The reconciliation as a file: CSV, a line a value that was sent or could not be, or JSON with the sums besides. */
final class ReportFile {
    private static final List<String> HEADINGS = List.of(
            "week",
            "change",
            "outcome",
            "place",
            "place_name",
            "counted",
            "org_unit",
            "data_element",
            "category_option_combo",
            "before",
            "now",
            "code",
            "dhis2_says",
            "remedy");

    private ReportFile() {}

    /** By the end of the name; none for any other. */
    static Optional<String> formOf(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return List.of("csv", "json").stream()
                .filter(form -> name.endsWith("." + form))
                .findFirst();
    }

    static void write(Path file, PushReport report, Messages messages) throws IOException {
        boolean csv = formOf(file).orElse("").equals("csv");
        DurableFile.write(
                file, csv ? csv(report, messages) : json(report, messages).toPrettyString() + "\n");
    }

    private static String csv(PushReport report, Messages messages) {
        List<String> lines = new ArrayList<>();
        lines.add(CsvLine.of(HEADINGS));
        for (WeekOutcome week : report.weeks()) {
            for (Line line : week.lines()) {
                lines.add(CsvLine.of(List.of(
                        week.week().toString(),
                        line.change().name().toLowerCase(Locale.ROOT),
                        outcome(line),
                        line.counted().place(),
                        line.counted().name(),
                        line.counted().what(),
                        line.key().orgUnit(),
                        line.key().dataElement(),
                        line.key().optionCombo(),
                        number(line.before()),
                        number(line.now()),
                        line.fate().code(),
                        line.fate().words(),
                        Remedies.of(line.fate(), messages))));
            }
            for (Unmapped each : week.plan().unmapped()) {
                boolean place = each.kind() == Unmapped.Kind.ORG_UNIT;
                lines.add(CsvLine.of(List.of(
                        week.week().toString(),
                        "",
                        "unmapped",
                        place ? each.code() : "",
                        each.name(),
                        place ? "" : each.code(),
                        "",
                        "",
                        "",
                        "",
                        Long.toString(each.sum()),
                        each.kind().name(),
                        "",
                        Remedies.of(each, messages))));
            }
        }
        for (WeekException failed : report.failed()) {
            List<String> line = new ArrayList<>(Collections.nCopies(HEADINGS.size(), ""));
            line.set(HEADINGS.indexOf("week"), failed.week().toString());
            line.set(HEADINGS.indexOf("outcome"), "failed");
            line.set(HEADINGS.indexOf("remedy"), failed.explainedIn(messages));
            lines.add(CsvLine.of(line));
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String outcome(Line line) {
        return line.fate().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String number(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }

    private static ObjectNode json(PushReport report, Messages messages) {
        ObjectNode document = Json.object();
        document.set("destination", report.destination().json());
        document.put("dryRun", report.isDryRun()).put("exitStatus", report.exitStatus());
        ExplainedException ended = report.ended();
        if (ended != null) {
            document.put("ended", ended.explainedIn(messages));
        }
        ArrayNode failed = document.putArray("failedWeeks");
        report.failed()
                .forEach(each -> failed.addObject()
                        .put("week", each.week().toString())
                        .put("reason", each.explainedIn(messages)));
        ArrayNode weeks = document.putArray("weeks");
        report.weeks().forEach(week -> weeks.add(json(week, messages)));
        return document;
    }

    private static ObjectNode json(WeekOutcome week, Messages messages) {
        ObjectNode node = Json.object()
                .put("week", week.week().toString())
                .put("version", week.version())
                .put("sent", week.lines().size() - week.fates(Fate.Kind.NOT_SENT))
                .put("unchanged", week.unchanged())
                .put("silent", week.plan().silent())
                .put("excluded", week.plan().excluded());
        for (Fate.Kind kind : Fate.Kind.values()) {
            node.put(kind == Fate.Kind.NOT_SENT ? "notSent" : kind.name().toLowerCase(Locale.ROOT), week.fates(kind));
        }
        Counts counts = week.counts();
        node.putObject("importCount")
                .put("imported", counts.imported())
                .put("updated", counts.updated())
                .put("ignored", counts.ignored())
                .put("deleted", counts.deleted());
        ArrayNode lines = node.putArray("values");
        for (Line line : week.lines()) {
            lines.addObject()
                    .put("change", line.change().name().toLowerCase(Locale.ROOT))
                    .put("outcome", outcome(line))
                    .put("place", line.counted().place())
                    .put("placeName", line.counted().name())
                    .put("counted", line.counted().what())
                    .put("orgUnit", line.key().orgUnit())
                    .put("dataElement", line.key().dataElement())
                    .put("categoryOptionCombo", line.key().optionCombo())
                    .put("before", line.before())
                    .put("now", line.now())
                    .put("code", line.fate().code())
                    .put("dhis2Says", line.fate().words())
                    .put("remedy", Remedies.of(line.fate(), messages));
        }
        ArrayNode unmapped = node.putArray("unmapped");
        for (Unmapped each : week.plan().unmapped()) {
            unmapped.addObject()
                    .put("kind", each.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("code", each.code())
                    .put("name", each.name())
                    .put("values", each.values())
                    .put("sum", each.sum())
                    .put("remedy", Remedies.of(each, messages));
        }
        return node;
    }
}
