package ml.keneya.load.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has every row of the trace followed from the one before it, and compared with the anchors in kept logs. */
@Command(name = "verify", mixinStandardHelpOptions = true)
public final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--anchors", paramLabel = "LOG", arity = "1..*", descriptionKey = "anchors")
    private List<Path> logs = List.of();

    public AuditVerifyCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        Set<String> anchors = new LinkedHashSet<>();
        for (Path log : logs) {
            try {
                anchors.addAll(AnchorsInLog.in(log));
            } catch (IOException unreadable) {
                terminal.remark("audit.log", log);
                return ExitStatus.MISUSED;
            }
        }
        return tell(verified(anchors), anchors.size());
    }

    private JsonNode verified(Set<String> anchors) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("resourceType", "Parameters");
        if (!anchors.isEmpty()) {
            ArrayNode parameters = asked.putArray("parameter");
            anchors.forEach(
                    anchor -> parameters.addObject().put("name", "anchor").put("valueString", anchor));
        }
        Exchange exchange = options.exchange(terminal);
        return exchange.order(
                exchange.base().under("AuditEvent/$verify"), asked.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int tell(JsonNode verdict, int anchors) {
        boolean whole = false;
        String rows = "?";
        String faults = "?";
        for (JsonNode parameter : verdict.path("parameter")) {
            switch (parameter.path("name").asText()) {
                case "whole" -> whole = parameter.path("valueBoolean").asBoolean();
                case "rows" -> rows = parameter.path("valueDecimal").asText();
                case "faults" -> faults = parameter.path("valueDecimal").asText();
                default -> tellFault(parameter.path("part"));
            }
        }
        if (whole) {
            terminal.say("audit.whole", rows, anchors);
            return ExitStatus.DONE;
        }
        terminal.say("audit.broken", rows, faults);
        return ExitStatus.BROKEN;
    }

    private void tellFault(JsonNode parts) {
        String chain = "?";
        String position = "?";
        String kind = "changed";
        for (JsonNode part : parts) {
            switch (part.path("name").asText()) {
                case "chain" -> chain = part.path("valueDecimal").asText();
                case "position" -> position = part.path("valueDecimal").asText();
                default -> kind = part.path("valueCode").asText();
            }
        }
        terminal.say("audit.fault", chain, position, terminal.messages().text("audit.fault." + kind));
    }
}
