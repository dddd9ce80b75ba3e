package ml.keneya.load.clinic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetReport;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Posts a clinic's spreadsheets, one bundle a person. */
@Command(name = "csv", mixinStandardHelpOptions = true)
public final class LoadCsvCommand implements Callable<Integer> {
    private static final String SITE = "[A-Za-z0-9.-]{1,64}";

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "DIR", descriptionKey = "csv.folder")
    private Path folder = Path.of("");

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "csv.facility")
    private @Nullable String facility;

    @Option(names = "--mapping", paramLabel = "FILE", descriptionKey = "csv.mapping")
    private @Nullable Path mappingFile;

    @Option(names = "--dry-run", descriptionKey = "csv.dry-run")
    private boolean dryRun;

    @Option(names = "--json", descriptionKey = "json-lines")
    private boolean json;

    public LoadCsvCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            terminal.remark("load.no-such-file", folder);
            return ExitStatus.MISUSED;
        }
        Mapping mapping = mapping();
        String site = facility == null ? mapping.site().orElse("") : facility;
        if (!site.matches(SITE)) {
            terminal.remark("csv.no-site", site);
            return ExitStatus.MISUSED;
        }
        var faults = new Faults(terminal.messages());
        int status = load(site, mapping, faults);
        var report = new SheetReport(terminal, json);
        report.faults(faults, ClinicExport.files(folder, mapping), folder);
        return status == ExitStatus.DONE && !faults.isEmpty() ? ExitStatus.REFUSED : status;
    }

    private Mapping mapping() {
        if (mappingFile != null) {
            return Mapping.read(mappingFile);
        }
        Path beside = folder.resolve(Mapping.FILE);
        return Files.exists(beside) ? Mapping.read(beside) : Mapping.none();
    }

    private int load(String site, Mapping mapping, Faults faults) {
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        List<ClinicExport.PersonLines> people = ClinicExport.read(folder, mapping, faults);
        var maker = new BundleMaker(site, new Days(today, faults), faults);
        List<PersonBundle> bundles =
                people.stream().flatMap(person -> maker.make(person).stream()).toList();
        var sending = new Sending(new BundleSender(options.exchange(terminal)), site, faults);
        int status = ExitStatus.DONE;
        if (faults.concernAFile()) {
            // Of whom the unread lines speak is not known: whoever is sent now would be sent in part.
            terminal.remark("csv.nothing-sent");
        } else if (!dryRun) {
            try {
                bundles.forEach(sending::send);
            } catch (ExplainedException unreachable) {
                terminal.remarkLine(unreachable.explainedIn(terminal.messages()));
                terminal.remark("load.resume");
                status = unreachable.exitStatus();
            }
        }
        sending.summary(new SheetReport(terminal, json), people.size(), bundles.size(), dryRun);
        return status;
    }
}
