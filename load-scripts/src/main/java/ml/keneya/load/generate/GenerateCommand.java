package ml.keneya.load.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.KeyOptions;
import ml.keneya.load.exchange.Retries;
import ml.keneya.load.exchange.RetryPolicy;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.exchange.UnreachableException;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.Territory;
import ml.keneya.load.generate.outbreak.OutbreakOrder;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.output.Generator;
import ml.keneya.load.generate.output.Totals;
import ml.keneya.load.generate.people.Scenario;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.tokens.Credentials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Makes a synthetic Mali, into files or into an exchange. */
@Command(name = "generate", mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
    private static final Duration REQUEST = Duration.ofSeconds(120);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration LIVE = Duration.ofMillis(250);
    // The programme's own children are at most this part of all people unless asked for.
    private static final int PEOPLE_A_CHILD = 12;
    private static final int CHILDREN = 905;
    private static final Set<String> PROGRAMME_REGIONS = Set.of("02", "12");

    private final Terminal terminal;
    private final Timing timing;

    @Option(names = "--patients", paramLabel = "N", descriptionKey = "generate.patients", required = true)
    private long patients;

    @Option(names = "--seed", paramLabel = "S", descriptionKey = "generate.seed", defaultValue = "1")
    private long seed;

    @Option(names = "--from", paramLabel = "DATE", descriptionKey = "generate.from", defaultValue = "2021-01-01")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", paramLabel = "DATE", descriptionKey = "generate.to", defaultValue = "2026-11-01")
    private LocalDate to = LocalDate.EPOCH;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    /** One or the other. */
    static final class Target {
        @Option(names = "--out", paramLabel = "DIR", descriptionKey = "generate.out")
        private @Nullable Path folder;

        @Option(
                names = "--url",
                paramLabel = "URL",
                descriptionKey = "generate.url",
                converter = ExchangeOptions.BaseConverter.class)
        private @Nullable FhirBase base;
    }

    @Mixin
    private final KeyOptions key = new KeyOptions();

    @Option(names = "--as", paramLabel = "bundles|records", descriptionKey = "generate.as", defaultValue = "bundles")
    private String form = "bundles";

    @Option(names = "--regions", paramLabel = "CODE", split = ",", descriptionKey = "generate.regions")
    private Set<String> regions = new LinkedHashSet<>();

    @Option(names = "--protection", paramLabel = "N", descriptionKey = "generate.protection")
    private @Nullable Integer children;

    @Option(names = "--outbreak", paramLabel = "SPEC", descriptionKey = "generate.outbreak", converter = Order.class)
    private List<OutbreakOrder> outbreaks = new ArrayList<>();

    @Option(names = "--imperfections", paramLabel = "P", descriptionKey = "generate.imperfections", defaultValue = "0")
    private double imperfections;

    @Option(names = "--unconfirmed-doses", descriptionKey = "generate.unconfirmed-doses")
    private boolean unconfirmedDoses;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "generate.threads")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    public GenerateCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.timing = timing;
    }

    @Override
    public Integer call() {
        Optional<String> misuse = misuse();
        if (misuse.isPresent()) {
            terminal.remarkLine(misuse.get());
            return ExitStatus.MISUSED;
        }
        Mali mali = Mali.of(regions);
        var scenario = new Scenario(seed, from, to, regions, children(), outbreaks, imperfections, unconfirmedDoses);
        var unknown = outbreaks.stream()
                .filter(order -> mali.territory().district(order.district()).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            terminal.remark("generate.no-district", unknown.get().district());
            return ExitStatus.MISUSED;
        }
        var generator = new Generator(mali, scenario, threads);
        if (generator.fewest() > patients) {
            terminal.remark("generate.too-few", generator.fewest());
            return ExitStatus.MISUSED;
        }
        return generate(generator, scenario);
    }

    private Optional<String> misuse() {
        var words = terminal.messages();
        if (patients < 1 || threads < 1 || imperfections < 0 || imperfections > 1) {
            return Optional.of(words.text("generate.number"));
        }
        if (!from.isBefore(to)) {
            return Optional.of(words.text("generate.dates", from, to));
        }
        if (!List.of("bundles", "records").contains(form)) {
            return Optional.of(words.text("misuse.value", form, "--as"));
        }
        Set<String> unknown = new LinkedHashSet<>(regions);
        unknown.removeAll(Territory.regionCodes());
        if (!unknown.isEmpty()) {
            String known = String.join(" ", Territory.regionCodes());
            return Optional.of(words.text("generate.no-region", String.join(",", unknown), known));
        }
        if (children != null && children > 0 && !hasProgramme() || children != null && children < 0) {
            return Optional.of(words.text("generate.no-programme"));
        }
        return outbreaks.stream()
                .filter(order -> order.week().monday().isBefore(from)
                        || order.week().nextMonday().isAfter(to.plusDays(1)))
                .findFirst()
                .map(order -> words.text("generate.outbreak-outside", order.week(), from, to));
    }

    private boolean hasProgramme() {
        return regions.isEmpty() || regions.containsAll(PROGRAMME_REGIONS);
    }

    private int children() {
        if (children != null) {
            return children;
        }
        return hasProgramme() ? (int) Math.min(CHILDREN, patients / PEOPLE_A_CHILD) : 0;
    }

    private int generate(Generator generator, Scenario scenario) {
        Instant start = timing.clock().instant();
        // What is made is made again in no time, and what is under way to an exchange is known there: nothing is waited
        // for.
        try (var interruption = Interruption.ofThisThread(Thread.currentThread()::interrupt)) {
            var progress = new Progress(start, interruption);
            Path folder = target.folder;
            return folder == null
                    ? post(generator, scenario, Objects.requireNonNull(target.base), progress)
                    : write(generator, scenario, folder, progress);
        }
    }

    private int write(Generator generator, Scenario scenario, Path folder, Progress progress) {
        Form chosen = Form.valueOf(form.toUpperCase(Locale.ROOT));
        try {
            summarise(generator.write(patients, chosen, folder, progress::show), scenario, progress.start);
            return ExitStatus.DONE;
        } catch (RuntimeException ended) {
            if (!progress.interruption.settled()) {
                throw ended;
            }
            terminal.remark("generate.interrupted", progress.people, patients, folder);
            return ExitStatus.UNREACHABLE;
        }
    }

    private int post(Generator generator, Scenario scenario, FhirBase base, Progress progress) {
        // One token for all threads.
        Credentials credentials = key.credentials(base);
        Supplier<Exchange> exchanges = () -> new Exchange(
                base,
                new Wire(REQUEST, terminal.language(), credentials),
                new Retries(RetryPolicy.USUAL, timing, terminal));
        var report = new PostingReport(terminal);
        int status;
        try {
            Totals totals = generator.post(patients, exchanges, report::add, progress::show);
            summarise(totals, scenario, progress.start);
            // With imperfections some bundles are meant to be refused; the report has told which and why.
            status = imperfections > 0 ? ExitStatus.DONE : report.exitStatus();
        } catch (RuntimeException ended) {
            if (progress.interruption.settled()) {
                terminal.remark("load.interrupted");
                status = ExitStatus.UNREACHABLE;
            } else if (ended instanceof UnreachableException unreachable) {
                terminal.remarkLine(unreachable.explainedIn(terminal.messages()));
                status = unreachable.exitStatus();
            } else {
                throw ended;
            }
            terminal.remark("load.resume");
        }
        terminal.remark("generate.posted", report.accepted(), report.replayed(), report.refused());
        return status;
    }

    /** A remark now and then, so that a long run does not look dead. */
    private final class Progress {
        private final Instant start;
        private final Interruption interruption;
        private Instant last;
        private long people;

        private Progress(Instant start, Interruption interruption) {
            this.start = start;
            this.interruption = interruption;
            this.last = start;
        }

        private void show(long told) {
            people = told;
            interruption.check();
            Instant now = timing.clock().instant();
            if (Duration.between(last, now).compareTo(terminal.isLive() ? LIVE : SILENCE) > 0) {
                last = now;
                terminal.progress("generate.progress", 100L * people / patients, people, patients);
            }
        }
    }

    private void summarise(Totals totals, Scenario scenario, Instant start) {
        double seconds = Duration.between(start, timing.clock().instant()).toMillis() / 1000.0;
        if (json) {
            terminal.json(described(totals, scenario, seconds));
            return;
        }
        terminal.say("generate.done", totals.people(), totals.households(), seconds);
        totals.records().forEach((type, count) -> terminal.line(String.format(Locale.ROOT, "%12d  %s", count, type)));
        if (totals.bundles() > 0) {
            terminal.say("generate.bundles", totals.bundles());
        }
        terminal.say("generate.bytes", totals.bytes() / 1_000_000.0);
        totals.faults().forEach((fault, count) -> terminal.line(String.format(Locale.ROOT, "%12d  %s", count, fault)));
    }

    private ObjectNode described(Totals totals, Scenario scenario, double seconds) {
        ObjectNode summary = Json.object()
                .put("scenario", scenario.tag())
                .put("seed", seed)
                .put("from", from.toString())
                .put("to", to.toString())
                .put("people", totals.people())
                .put("households", totals.households())
                .put("bundles", totals.bundles())
                .put("bytes", totals.bytes())
                .put("seconds", seconds);
        ObjectNode records = summary.putObject("records");
        totals.records().forEach(records::put);
        ObjectNode faults = summary.putObject("imperfections");
        totals.faults().forEach(faults::put);
        return summary;
    }

    static final class Order implements ITypeConverter<OutbreakOrder> {
        @Override
        public OutbreakOrder convert(String text) {
            try {
                return OutbreakOrder.parse(text);
            } catch (IllegalArgumentException | DateTimeException notUnderstood) {
                throw new TypeConversionException(String.valueOf(notUnderstood.getMessage()));
            }
        }
    }
}
