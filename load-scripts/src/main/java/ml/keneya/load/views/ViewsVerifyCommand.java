package ml.keneya.load.views;

import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.views.ViewTables.Told;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has the rows of every record made afresh and compared with the tables. */
@Command(name = "verify", mixinStandardHelpOptions = true)
public final class ViewsVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "VIEW", arity = "0..*", descriptionKey = "views")
    private List<String> views = List.of();

    public ViewsVerifyCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var tables = new ViewTables(options.exchange(terminal));
        boolean exact = true;
        for (String view : views.isEmpty() ? served(tables) : views) {
            for (Told found : tables.verify(view)) {
                exact &= isExact(found);
            }
        }
        return exact ? ExitStatus.DONE : ExitStatus.BROKEN;
    }

    private static List<String> served(ViewTables tables) {
        return tables.status().stream()
                .filter(table -> "active".equals(table.text("state")))
                .map(table -> table.text("name"))
                .toList();
    }

    private boolean isExact(Told found) {
        String differences = found.text("differences");
        if ("0".equals(differences)) {
            terminal.say("views.exact", found.text("name"), found.text("records"), found.text("unfit"));
            return true;
        }
        terminal.say(
                "views.differ",
                found.text("name"),
                found.text("records"),
                differences,
                String.join(", ", found.texts("example")));
        return false;
    }
}
