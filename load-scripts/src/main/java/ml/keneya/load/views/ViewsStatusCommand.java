package ml.keneya.load.views;

import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells of each table whether it is being built, how far, and how many records do not fit. */
@Command(name = "status", mixinStandardHelpOptions = true)
public final class ViewsStatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    public ViewsStatusCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        new StatusTable(terminal).show(new ViewTables(options.exchange(terminal)).status());
        return ExitStatus.DONE;
    }
}
