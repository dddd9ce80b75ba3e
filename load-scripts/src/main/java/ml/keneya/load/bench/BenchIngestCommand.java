package ml.keneya.load.bench;

import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the posting of bundles. */
@Command(name = "ingest", mixinStandardHelpOptions = true)
public final class BenchIngestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final BenchOptions options;

    @Option(names = "--bundles", paramLabel = "N", descriptionKey = "bench.bundles", defaultValue = "2000")
    private int bundles;

    public BenchIngestCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new BenchOptions(timing);
    }

    @Override
    public Integer call() {
        return options.measured(terminal, "ingest", run -> run.measureIngestion(bundles));
    }
}
