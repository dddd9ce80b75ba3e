package ml.keneya.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows every system and application that may call, and those that may no longer. */
@Command(name = "list", mixinStandardHelpOptions = true)
public final class ClientListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    public ClientListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Messages messages = terminal.messages();
        JsonNode clients = door.list("clients");
        if (clients.isEmpty()) {
            terminal.say("client.none");
            return ExitStatus.DONE;
        }
        var table = new TextTable(List.of(messages.text("client.headings").split(",")));
        for (JsonNode client : clients) {
            table.add(List.of(
                    client.path("id").asText(),
                    client.path("role").asText(messages.text("client.application")),
                    client.path("facility").asText(""),
                    client.path("subject").asText(client.path("scopes").asText()),
                    messages.text(client.path("revoked").asBoolean() ? "client.state.revoked" : "client.state.good")));
        }
        table.printTo(terminal);
        return ExitStatus.DONE;
    }
}
