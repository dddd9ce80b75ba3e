package ml.keneya.load.facilities;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetReport;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the register of facilities up to date with the official list. */
@Command(name = "facilities", mixinStandardHelpOptions = true)
public final class LoadFacilitiesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "FILE.csv", descriptionKey = "facilities.file")
    private Path file = Path.of("");

    @Option(
            names = "--facility",
            paramLabel = "CODE",
            descriptionKey = "facilities.facility",
            defaultValue = "ministere-sante")
    private String facility = "";

    @Option(names = "--column", paramLabel = "OURS=THEIRS", descriptionKey = "facilities.column")
    private Map<String, String> headings = new LinkedHashMap<>();

    @Option(names = "--dry-run", descriptionKey = "facilities.dry-run")
    private boolean dryRun;

    @Option(names = "--json", descriptionKey = "json-lines")
    private boolean json;

    public LoadFacilitiesCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            terminal.remark("load.no-such-file", file);
            return ExitStatus.MISUSED;
        }
        for (String column : headings.keySet()) {
            if (!FacilityList.COLUMNS.contains(column)) {
                terminal.remark("facilities.no-column", column, String.join(", ", FacilityList.COLUMNS));
                return ExitStatus.MISUSED;
            }
        }
        var faults = new Faults(terminal.messages());
        try (var interruption = Interruption.ofThisThread()) {
            int status = load(faults, interruption);
            new SheetReport(terminal, json)
                    .faults(faults, List.of(file), file.toAbsolutePath().resolveSibling(""));
            return status == ExitStatus.DONE && !faults.isEmpty() ? ExitStatus.REFUSED : status;
        }
    }

    private int load(Faults faults, Interruption interruption) {
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        var days = new Days(today, faults);
        List<ListedFacility> facilities = new FacilityList(days, faults).read(file, headings);
        Exchange exchange = options.exchange(terminal);
        var update = new RegisterUpdate(exchange, faults, today);
        int status = ExitStatus.DONE;
        int faulty = faults.lines();
        String why = "";
        try {
            update.compare(facilities);
            faulty = faults.lines();
            if (json) {
                update.changes().forEach(change -> terminal.json(described(change)));
            } else if (dryRun) {
                update.changes().forEach(this::show);
            }
            if (!dryRun) {
                update.send(new BundleSender(exchange), facility, interruption::check);
            }
        } catch (Interruption.Stopped asked) {
            status = ExitStatus.UNREACHABLE;
        } catch (ExplainedException unreachable) {
            why = unreachable.explainedIn(terminal.messages());
            status = unreachable.exitStatus();
        }
        if (interruption.settled()) {
            why = terminal.messages().text("load.interrupted");
        }
        if (!why.isEmpty()) {
            terminal.remarkLine(why);
            terminal.remark("facilities.resume", update.sent(), update.changes().size());
        }
        summary(update, faulty);
        return status;
    }

    private void show(RegisterUpdate.Change change) {
        terminal.say(
                change.isNew() ? "facilities.new" : "facilities.changed",
                change.facility().code(),
                change.facility().name());
        for (Difference difference : change.differences()) {
            terminal.say(
                    "facilities.difference",
                    difference.path(),
                    difference.from().isEmpty() ? "–" : difference.from(),
                    difference.to().isEmpty() ? "–" : difference.to());
        }
    }

    private static ObjectNode described(RegisterUpdate.Change change) {
        ObjectNode document = Json.object();
        ObjectNode facility = document.putObject("facility")
                .put("code", change.facility().code())
                .put("name", change.facility().name())
                .put("change", change.isNew() ? "new" : "changed");
        ArrayNode differences = facility.putArray("differences");
        for (Difference difference : change.differences()) {
            differences
                    .addObject()
                    .put("path", difference.path())
                    .put("from", difference.from())
                    .put("to", difference.to());
        }
        return document;
    }

    private void summary(RegisterUpdate update, int faulty) {
        ObjectNode summary = Json.object()
                .put("new", update.created())
                .put("changed", update.updated())
                .put("same", update.same())
                .put("sent", update.sent())
                .put("refused", update.refused())
                .put("faulty", faulty)
                .put("dryRun", dryRun);
        var report = new SheetReport(terminal, json);
        if (dryRun) {
            report.summary(summary, "facilities.checked", update.created(), update.updated(), update.same(), faulty);
        } else {
            report.summary(
                    summary,
                    "facilities.summary",
                    update.created(),
                    update.updated(),
                    update.same(),
                    update.refused(),
                    faulty);
        }
    }
}
