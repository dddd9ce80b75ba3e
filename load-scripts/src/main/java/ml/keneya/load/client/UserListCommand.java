package ml.keneya.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows every person who may call, and those who may no longer. */
@Command(name = "list", mixinStandardHelpOptions = true)
public final class UserListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    public UserListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Messages messages = terminal.messages();
        var table = new TextTable(List.of(messages.text("user.headings").split(",")));
        for (JsonNode person : door.list("users")) {
            table.add(List.of(
                    person.path("login").asText(),
                    person.path("id").asText(),
                    person.path("role").asText(),
                    place(person),
                    messages.text("user.state." + state(person))));
        }
        table.printTo(terminal);
        return ExitStatus.DONE;
    }

    private static String place(JsonNode person) {
        List<String> places = new ArrayList<>();
        places.add(person.path("facility").asText(""));
        person.path("areas").forEach(area -> places.add(area.asText()));
        places.removeIf(String::isEmpty);
        return String.join(" ", places);
    }

    private static String state(JsonNode person) {
        if (person.path("revoked").asBoolean()) {
            return "revoked";
        }
        return person.path("activated").asBoolean() ? "good" : "waiting";
    }
}
