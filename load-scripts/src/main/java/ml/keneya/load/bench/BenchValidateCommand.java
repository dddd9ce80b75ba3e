package ml.keneya.load.bench;

import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures {@code $validate}. */
@Command(name = "validate", mixinStandardHelpOptions = true)
public final class BenchValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final BenchOptions options;

    @Mixin
    private final BenchDuration duration = new BenchDuration();

    public BenchValidateCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new BenchOptions(timing);
    }

    @Override
    public Integer call() {
        var errand = new Validation();
        return options.measured(
                terminal,
                "validate",
                run -> run.measureRequests("validate", duration.warmSeconds(), duration.seconds(), target -> errand));
    }
}
