package ml.keneya.load.views;

import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Begins fresh tables; the present ones serve until these are complete. */
@Command(name = "rebuild", mixinStandardHelpOptions = true)
public final class ViewsRebuildCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "VIEW", arity = "1..*", descriptionKey = "views")
    @SuppressWarnings("NullAway.Init")
    private List<String> views;

    public ViewsRebuildCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var tables = new ViewTables(options.exchange(terminal));
        views.forEach(tables::rebuild);
        new StatusTable(terminal).show(tables.status());
        return ExitStatus.DONE;
    }
}
