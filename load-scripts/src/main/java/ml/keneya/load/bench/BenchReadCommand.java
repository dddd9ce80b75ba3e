package ml.keneya.load.bench;

import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures reads by id. */
@Command(name = "read", mixinStandardHelpOptions = true)
public final class BenchReadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final BenchOptions options;

    @Mixin
    private final BenchDuration duration = new BenchDuration();

    public BenchReadCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new BenchOptions(timing);
    }

    @Override
    public Integer call() {
        return options.measured(
                terminal,
                "read",
                run -> run.measureRequests(
                        "read", duration.warmSeconds(), duration.seconds(), target -> new Reading(target.kept())));
    }
}
