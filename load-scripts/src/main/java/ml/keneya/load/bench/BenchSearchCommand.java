package ml.keneya.load.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures searches, one kind after the other. */
@Command(name = "search", mixinStandardHelpOptions = true)
public final class BenchSearchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final BenchOptions options;

    @Mixin
    private final BenchDuration duration = new BenchDuration();

    @Option(names = "--only", paramLabel = "NAME", split = ",", descriptionKey = "bench.only")
    private List<String> only = List.of();

    public BenchSearchCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new BenchOptions(timing);
    }

    @Override
    public Integer call() {
        var labels = Arrays.stream(SearchShape.values()).map(SearchShape::label).toList();
        if (!labels.containsAll(only)) {
            throw new BenchException("bench.no-search", String.join(", ", labels));
        }
        return options.measured(terminal, "search", this::measure);
    }

    private void measure(BenchRun run) {
        for (SearchShape shape : SearchShape.values()) {
            if (only.isEmpty() || only.contains(shape.label())) {
                run.measureRequests(
                        shape.label(),
                        duration.warmSeconds(),
                        duration.seconds(),
                        target -> new Searching(shape, run.postedTo(target)));
            }
        }
    }
}
