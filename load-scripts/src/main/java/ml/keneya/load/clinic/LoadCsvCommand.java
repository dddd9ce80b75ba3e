package ml.keneya.load.clinic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetReport;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Interruption;
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

    @Parameters(index = "0", paramLabel = "DIR|MAPPING", descriptionKey = "csv.folder")
    private Path source = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", descriptionKey = "csv.register")
    private @Nullable Path register;

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
        if (register != null && mappingFile != null) {
            terminal.remark("csv.two-mappings");
            return ExitStatus.MISUSED;
        }
        if (register == null ? !Files.isDirectory(source) : !Files.isRegularFile(register)) {
            terminal.remark("load.no-such-file", register == null ? source : register);
            return ExitStatus.MISUSED;
        }
        Mapping mapping = mapping();
        String site = facility == null ? mapping.site().orElse("") : facility;
        if (!site.matches(SITE)) {
            terminal.remark("csv.no-site", site);
            return ExitStatus.MISUSED;
        }
        Spreadsheets spreadsheets = spreadsheets(mapping);
        var faults = new Faults(terminal.messages());
        try (var interruption = Interruption.ofThisThread()) {
            int status = load(site, spreadsheets, faults, interruption);
            var report = new SheetReport(terminal, json);
            report.faults(faults, spreadsheets.files(), register == null ? source : register);
            return status == ExitStatus.DONE && !faults.isEmpty() ? ExitStatus.REFUSED : status;
        }
    }

    private Mapping mapping() {
        if (register != null) {
            return Mapping.read(source);
        }
        if (mappingFile != null) {
            return Mapping.read(mappingFile);
        }
        Path beside = source.resolve(Mapping.FILE);
        return Files.exists(beside) ? Mapping.read(beside) : Mapping.none();
    }

    private Spreadsheets spreadsheets(Mapping mapping) {
        if (register == null) {
            return new ClinicExport(source, mapping);
        }
        RegisterMapping columns = mapping.register().orElseThrow(() -> new MappingFile(source).without("registre"));
        return new VaccinationRegister(register, mapping, columns);
    }

    private int load(String site, Spreadsheets spreadsheets, Faults faults, Interruption interruption) {
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        List<PersonLines> people = spreadsheets.read(faults);
        var maker = new BundleMaker(site, new Days(today, faults), faults);
        List<PersonBundle> bundles =
                people.stream().flatMap(person -> maker.make(person).stream()).toList();
        var sending = new Sending(options.exchange(terminal), site, faults);
        int status = ExitStatus.DONE;
        if (faults.concernAFile()) {
            // Of whom the unread lines speak is not known: whoever is sent now would be sent in part.
            terminal.remark("csv.nothing-sent");
        } else if (!dryRun) {
            status = send(bundles, sending, interruption);
        }
        sending.summary(new SheetReport(terminal, json), people.size(), bundles.size(), dryRun);
        return status;
    }

    private int send(List<PersonBundle> bundles, Sending sending, Interruption interruption) {
        int status = ExitStatus.DONE;
        String why = "";
        try {
            for (PersonBundle bundle : bundles) {
                interruption.check();
                sending.send(bundle);
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
            terminal.remark("load.resume");
        }
        return status;
    }
}
