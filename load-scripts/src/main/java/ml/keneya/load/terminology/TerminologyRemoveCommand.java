package ml.keneya.load.terminology;

import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a version of a code system away. */
@Command(name = "remove", mixinStandardHelpOptions = true)
public final class TerminologyRemoveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(index = "0", paramLabel = "URL", descriptionKey = "terminology.system")
    private String system = "";

    @Parameters(index = "1", paramLabel = "V", descriptionKey = "terminology.version")
    private String version = "";

    public TerminologyRemoveCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        Exchange exchange = options.exchange(terminal);
        exchange.order(exchange.base()
                .under("CodeSystem/$remove-concepts?system=" + ConceptUpload.encoded(system) + "&version="
                        + ConceptUpload.encoded(version)));
        terminal.say("terminology.removed", system, version);
        return ExitStatus.DONE;
    }
}
