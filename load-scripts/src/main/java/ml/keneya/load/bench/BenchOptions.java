package ml.keneya.load.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every benchmark: which servers, how warm, how often. */
final class BenchOptions {
    private final Timing timing;

    @Option(names = "--url", paramLabel = "URL", descriptionKey = "bench.url")
    private @Nullable URI url;

    @Option(names = "--server-pid", paramLabel = "PID", descriptionKey = "bench.server-pid")
    private @Nullable Long serverProcess;

    @Option(names = "--postgres-pid", paramLabel = "PID", descriptionKey = "bench.postgres-pid")
    private @Nullable Long postgresProcess;

    @Option(names = "--header", paramLabel = "NAME:VALUE", descriptionKey = "bench.header")
    private List<String> headers = List.of();

    @Option(names = "--against", paramLabel = "URL", descriptionKey = "bench.against")
    private @Nullable URI against;

    @Option(names = "--against-name", paramLabel = "NAME", descriptionKey = "bench.against-name")
    private String againstName = "against";

    @Option(names = "--against-server-pid", paramLabel = "PID", descriptionKey = "bench.server-pid")
    private @Nullable Long againstServerProcess;

    @Option(names = "--against-postgres-pid", paramLabel = "PID", descriptionKey = "bench.postgres-pid")
    private @Nullable Long againstPostgresProcess;

    @Option(names = "--against-header", paramLabel = "NAME:VALUE", descriptionKey = "bench.header")
    private List<String> againstHeaders = List.of();

    @Option(names = "--validation", paramLabel = "enforce|report|off", descriptionKey = "bench.validation")
    private @Nullable String validation;

    @Option(names = "--data", paramLabel = "DIR", descriptionKey = "bench.data")
    private @Nullable Path data;

    @Option(names = "--server-jar", descriptionKey = "bench.server-jar", defaultValue = "${env:KENEYA_SERVER_JAR}")
    private @Nullable Path serverJar;

    @Option(names = "--warmup", paramLabel = "N", descriptionKey = "bench.warmup", defaultValue = "6000")
    private int warmup;

    @Option(names = "--already-warm", descriptionKey = "bench.already-warm")
    private boolean alreadyWarm;

    @Option(names = "--repeats", paramLabel = "N", descriptionKey = "bench.repeats", defaultValue = "3")
    private int repeats;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            split = ",",
            descriptionKey = "bench.concurrency",
            defaultValue = "4")
    private List<Integer> concurrency = List.of();

    @Option(names = "--first", paramLabel = "N", descriptionKey = "bench.first", defaultValue = "0")
    private int first;

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "bench.facility")
    private @Nullable String facility;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    BenchOptions(Timing timing) {
        this.timing = timing;
    }

    /** Has servers ready, runs the benchmark, and writes what it found. */
    int measured(Terminal terminal, String name, Benchmark benchmark) {
        if (url != null) {
            var target = new Target("keneya", client(url, headers), serverProcess, postgresProcess, new KeptIds());
            return measured(terminal, name, benchmark, target);
        }
        Path jar = serverJar == null ? Path.of("server", "target", "keneya-server.jar") : serverJar;
        Map<String, String> settings = validation == null ? Map.of() : Map.of("KENEYA_VALIDATION_POLICY", validation);
        try (var server = OwnServer.start(jar, data, settings, terminal)) {
            LoadClient client = client(URI.create(server.base()), headers);
            var target = new Target("keneya", client, server.process(), server.postgres(), new KeptIds());
            return measured(terminal, name, benchmark, target);
        }
    }

    private int measured(Terminal terminal, String name, Benchmark benchmark, Target target) {
        List<Target> targets = against == null ? List.of(target) : List.of(target, other(against));
        var run = new BenchRun(targets, plan(), timing.clock(), terminal);
        run.prepare();
        benchmark.measure(run);
        var report = new BenchReport(name, run);
        if (json) {
            terminal.json(report.json(validation == null ? "" : validation));
        } else {
            report.printTo(terminal);
        }
        return report.exitStatus();
    }

    private Target other(URI base) {
        LoadClient client = client(base, againstHeaders);
        return new Target(againstName, client, againstServerProcess, againstPostgresProcess, new KeptIds());
    }

    private BenchPlan plan() {
        return new BenchPlan(first, warmup, alreadyWarm, Math.max(1, repeats), facility, List.copyOf(concurrency));
    }

    private static LoadClient client(URI base, List<String> headers) {
        try {
            return new LoadClient(new FhirBase(base), split(headers));
        } catch (IllegalArgumentException notABase) {
            throw new BenchException("bench.no-base", base);
        }
    }

    private static Map<String, String> split(List<String> headers) {
        var split = new LinkedHashMap<String, String>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new BenchException("bench.no-header", header);
            }
            split.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return split;
    }
}
