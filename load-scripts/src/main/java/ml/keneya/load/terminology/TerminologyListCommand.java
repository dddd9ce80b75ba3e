package ml.keneya.load.terminology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells which versions of which code systems are loaded, or half loaded. */
@Command(name = "list", mixinStandardHelpOptions = true)
public final class TerminologyListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    public TerminologyListCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        Exchange exchange = options.exchange(terminal);
        JsonNode systems = exchange.ask(exchange.base().under("CodeSystem/$loaded-systems"));
        if (systems.path("parameter").isEmpty()) {
            terminal.say("terminology.none");
        }
        for (JsonNode system : systems.path("parameter")) {
            ObjectNode state = Json.object();
            state.set("parameter", system.path("part"));
            String key = ConceptUpload.parameter(state, "whole").asBoolean() ? "terminology.whole" : "terminology.half";
            terminal.say(
                    key,
                    ConceptUpload.parameter(state, "url").asText(),
                    ConceptUpload.parameter(state, "version").asText(),
                    ConceptUpload.parameter(state, "title").asText(),
                    ConceptUpload.parameter(state, "concepts").asLong());
        }
        return ExitStatus.DONE;
    }
}
