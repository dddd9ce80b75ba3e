package ml.keneya.load.views;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.views.ViewTables.Told;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the rows of every record, or of a sample, made afresh and compared with the tables. */
@Command(name = "verify", mixinStandardHelpOptions = true)
public final class ViewsVerifyCommand implements Callable<Integer> {
    /** So that a slip is told before the server is asked: 500 records, or 5% of them. */
    private static final Pattern SAMPLE = Pattern.compile("[1-9]\\d{0,8}|(\\d{1,2}([.]\\d{1,6})?|100)%");

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--sample", paramLabel = "N|P%", descriptionKey = "sample")
    private String sample = "";

    @Option(names = "--seed", paramLabel = "S", descriptionKey = "sample.seed", defaultValue = "1")
    private long seed;

    @Parameters(paramLabel = "VIEW", arity = "0..*", descriptionKey = "views")
    private List<String> views = List.of();

    public ViewsVerifyCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (!sample.isEmpty() && !SAMPLE.matcher(sample).matches()) {
            throw new ParameterException(spec.commandLine(), terminal.messages().text("views.sample.wrong", sample));
        }
        var tables = new ViewTables(options.exchange(terminal));
        String wanted = sample.isEmpty() ? "" : "?sample=" + sample.replace("%", "%25") + "&seed=" + seed;
        if (!sample.isEmpty()) {
            terminal.say("views.sample", sample, seed);
        }
        boolean exact = true;
        for (String view : views.isEmpty() ? served(tables) : views) {
            for (Told found : tables.verify(view, wanted)) {
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
