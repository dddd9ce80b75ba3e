package ml.keneya.load.dhis2;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Sends the weekly figures to DHIS2, what has changed of them and nothing else, and reports what became of them. */
@Command(name = "push", mixinStandardHelpOptions = true)
public final class Dhis2PushCommand implements Callable<Integer> {
    private static final int MOST_WEEKS = 53;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Weeks weeks;

    // Read by ourselves: what is wrong with it must not be said with a password that may be in it.
    @Option(names = "--to", paramLabel = "URL", descriptionKey = "dhis2.to", required = true)
    private String to = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            descriptionKey = "dhis2.token-file",
            required = true,
            defaultValue = "${env:KENEYA_DHIS2_TOKEN_FILE}")
    private Path tokenFile = Path.of("");

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            descriptionKey = "dhis2.ledger",
            required = true,
            defaultValue = "${env:KENEYA_DHIS2_LEDGER}")
    private Path ledgerFolder = Path.of("");

    @Option(names = "--map", paramLabel = "FILE", descriptionKey = "dhis2.map")
    private @Nullable Path map;

    @Option(
            names = "--data-set",
            paramLabel = "CODE",
            descriptionKey = "dhis2.data-set",
            defaultValue = "ML_IDSR_WEEKLY")
    private String dataSet = "";

    @Option(
            names = "--id-scheme",
            paramLabel = "code|uid",
            descriptionKey = "dhis2.id-scheme",
            defaultValue = "code",
            converter = IdSchemeConverter.class)
    private IdScheme idScheme = IdScheme.CODE;

    @Option(names = "--subject", paramLabel = "PLACE", descriptionKey = "dhis2.subject", defaultValue = "health|ML")
    private String subject = "";

    @Option(names = "--level", paramLabel = "LEVEL", descriptionKey = "dhis2.level", defaultValue = "facility")
    private String level = "";

    @Option(names = "--dry-run", descriptionKey = "dhis2.dry-run")
    private boolean dryRun;

    @Option(names = "--many-deletions", descriptionKey = "dhis2.many-deletions-allowed")
    private boolean manyDeletions;

    @Option(names = "--report", paramLabel = "FILE", descriptionKey = "dhis2.report")
    private List<Path> reports = List.of();

    /** By which property DHIS2 finds what we name. */
    enum IdScheme {
        CODE,
        UID
    }

    /** Which weeks. */
    static final class Weeks {
        @Option(
                names = "--week",
                paramLabel = "2026-W30",
                descriptionKey = "dhis2.week",
                required = true,
                split = ",",
                converter = WeekConverter.class)
        private List<EpidemiologicalWeek> named = List.of();

        @Option(names = "--last", paramLabel = "N", descriptionKey = "dhis2.last", required = true)
        private int last;
    }

    public Dhis2PushCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (weeks.named.isEmpty() && (weeks.last < 1 || weeks.last > MOST_WEEKS)) {
            terminal.remark("misuse.value", weeks.last, "--last");
            return ExitStatus.MISUSED;
        }
        if (reports.stream().anyMatch(file -> ReportFile.formOf(file).isEmpty())) {
            terminal.remark("misuse.value", reports, "--report");
            return ExitStatus.MISUSED;
        }
        Optional<Dhis2Address> address = Dhis2Address.of(to);
        if (address.isEmpty()) {
            terminal.remark("dhis2.unsafe-address");
            return ExitStatus.MISUSED;
        }
        var destination = new Destination(address.get().toString(), dataSet, idScheme.name(), subject, level);
        AccessToken token = AccessToken.in(tokenFile);
        var report = new PushReport(destination, dryRun);
        try (Ledger ledger =
                dryRun ? Ledger.forReading(ledgerFolder, destination) : Ledger.open(ledgerFolder, destination)) {
            var server = new Dhis2Server(options.other(terminal, address.get().base(), token), destination, dryRun);
            pushAll(new PushesWeek(ledger, server, dryRun, manyDeletions), report);
        }
        new ShowsReport(terminal).show(report);
        return written(report) ? report.exitStatus() : Math.max(ExitStatus.BROKEN, report.exitStatus());
    }

    // What was sent before the failure is reported with it.
    private void pushAll(PushesWeek pushes, PushReport report) {
        try {
            Exchange exchange = options.exchange(terminal);
            Mapping mapping = MappingFile.read(map, NationalElements.of(exchange));
            var reads = new ReadsReports(exchange, subject, level);
            for (EpidemiologicalWeek week : wanted()) {
                pushWeek(week, reads, pushes, mapping, report);
            }
        } catch (ExplainedException ended) {
            report.ended(ended);
        }
    }

    // What is wrong with the oldest of the last weeks must not keep the newest from DHIS2, day after day.
    private static void pushWeek(
            EpidemiologicalWeek week, ReadsReports reads, PushesWeek pushes, Mapping mapping, PushReport report) {
        try {
            pushes.push(reads.of(week), mapping, report::add);
        } catch (WeekException failed) {
            report.failed(failed);
        }
    }

    /** The weeks named, or the last that are over; the oldest first. */
    private List<EpidemiologicalWeek> wanted() {
        if (!weeks.named.isEmpty()) {
            return weeks.named.stream().distinct().sorted().toList();
        }
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        List<EpidemiologicalWeek> wanted = new ArrayList<>();
        for (int back = weeks.last; back > 0; back--) {
            wanted.add(EpidemiologicalWeek.of(today.minusWeeks(back)));
        }
        return wanted;
    }

    private boolean written(PushReport report) {
        boolean all = true;
        for (Path file : reports) {
            try {
                ReportFile.write(file, report, terminal.messages());
            } catch (IOException failed) {
                all = false;
                terminal.remark(
                        "dhis2.report-unwritten", file, failed.getClass().getSimpleName());
            }
        }
        return all;
    }

    static final class IdSchemeConverter implements ITypeConverter<IdScheme> {
        @Override
        public IdScheme convert(String text) {
            try {
                return IdScheme.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(text);
            }
        }
    }

    static final class WeekConverter implements ITypeConverter<EpidemiologicalWeek> {
        @Override
        public EpidemiologicalWeek convert(String text) {
            try {
                return EpidemiologicalWeek.parse(text.toUpperCase(Locale.ROOT));
            } catch (DateTimeException notAWeek) {
                throw new TypeConversionException(text);
            }
        }
    }
}
