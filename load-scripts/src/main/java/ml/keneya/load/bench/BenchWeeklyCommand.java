package ml.keneya.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.agency.PullEncountersCommand.WeekConverter;
import ml.keneya.load.bench.WeeklyQueries.Query;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures each weekly national report and the series of some years, one after the other, from the request to the last
 * byte. The first call of each is told apart: what it reads may not be in memory yet.
 */
@Command(name = "report", mixinStandardHelpOptions = true)
public final class BenchWeeklyCommand implements Callable<Integer> {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--week", paramLabel = "2026-W30", descriptionKey = "bench.week", converter = WeekConverter.class)
    private @Nullable EpidemiologicalWeek week;

    @Option(names = "--years", paramLabel = "N", descriptionKey = "bench.years", defaultValue = "5")
    private int years;

    @Option(names = "--repeats", paramLabel = "N", descriptionKey = "bench.repeats", defaultValue = "9")
    private int repeats;

    @Option(names = "--only", paramLabel = "NAME", split = ",", descriptionKey = "bench.only-reports")
    private List<String> only = List.of();

    @Option(names = "--server-pid", paramLabel = "PID", descriptionKey = "bench.server-pid")
    private @Nullable Long serverProcess;

    @Option(names = "--postgres-pid", paramLabel = "PID", descriptionKey = "bench.postgres-pid")
    private @Nullable Long postgresProcess;

    public BenchWeeklyCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    /** What the calls of one report took. */
    private record Measured(
            Query query, long bytes, double firstMillis, Spread millis, double serverSeconds, double postgresSeconds) {}

    @Override
    public Integer call() {
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        EpidemiologicalWeek wanted = week == null ? EpidemiologicalWeek.of(today.minusWeeks(1)) : week;
        List<Query> queries = WeeklyQueries.of(wanted, Math.max(1, years)).stream()
                .filter(query -> only.isEmpty() || only.contains(query.name()))
                .toList();
        if (queries.isEmpty()) {
            throw new BenchException(
                    "bench.no-report",
                    String.join(
                            ", ",
                            WeeklyQueries.of(wanted, 1).stream()
                                    .map(Query::name)
                                    .toList()));
        }
        Exchange exchange = options.exchange(terminal);
        var table = new TextTable(Stream.of("what", "bytes", "first", "median", "cpu-server-call", "cpu-postgres-call")
                .map(heading -> terminal.messages().text("bench.heading." + heading))
                .toList());
        for (Query query : queries) {
            table.add(row(measure(exchange, query)));
        }
        table.printTo(terminal);
        terminal.blank();
        terminal.say("bench.reports", wanted, Math.max(1, repeats));
        return ExitStatus.DONE;
    }

    private Measured measure(Exchange exchange, Query query) {
        double first = call(exchange, query).millis();
        ProcessTimes times = ProcessTimes.ofThisMachine();
        double server = serverProcess == null ? Double.NaN : times.of(serverProcess);
        double postgres = postgresProcess == null ? Double.NaN : times.withChildren(postgresProcess);
        List<Double> millis = new ArrayList<>();
        long bytes = 0;
        int calls = Math.max(1, repeats);
        for (int repeat = 0; repeat < calls; repeat++) {
            Called called = call(exchange, query);
            millis.add(called.millis());
            bytes = called.bytes();
        }
        return new Measured(
                query,
                bytes,
                first,
                Spread.of(millis.stream().mapToDouble(Double::doubleValue)),
                ((serverProcess == null ? Double.NaN : times.of(serverProcess)) - server) / calls,
                ((postgresProcess == null ? Double.NaN : times.withChildren(postgresProcess)) - postgres) / calls);
    }

    private record Called(double millis, long bytes) {}

    private static Called call(Exchange exchange, Query query) {
        var bytes = new AtomicLong();
        long start = System.nanoTime();
        exchange.download(exchange.base().under(query.path()), "*/*", body -> count(body, bytes));
        return new Called((System.nanoTime() - start) / NANOS_PER_MILLISECOND, bytes.get());
    }

    private static void count(InputStream body, AtomicLong bytes) throws IOException {
        bytes.set(body.transferTo(OutputStream.nullOutputStream()));
    }

    private List<String> row(Measured measured) {
        Messages words = terminal.messages();
        Locale language = words.language();
        return List.of(
                measured.query().name(),
                String.valueOf(measured.bytes()),
                String.format(language, "%.0f", measured.firstMillis()),
                measured.millis().withRange(language, 0),
                Spread.of(Stream.of(measured.serverSeconds()).mapToDouble(Double::doubleValue))
                        .plain(language, 3),
                Spread.of(Stream.of(measured.postgresSeconds()).mapToDouble(Double::doubleValue))
                        .plain(language, 3));
    }
}
