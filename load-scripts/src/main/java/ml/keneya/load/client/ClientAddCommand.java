package ml.keneya.load.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets one more system call; what fits together is for the server to say. */
@Command(name = "add", mixinStandardHelpOptions = true)
public final class ClientAddCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "CLIENT", descriptionKey = "client.new")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--role", paramLabel = "ROLE", required = true, descriptionKey = "client.role")
    @SuppressWarnings("NullAway.Init")
    private String role;

    @Option(names = "--jwks", paramLabel = "FILE", required = true, descriptionKey = "client.keys")
    @SuppressWarnings("NullAway.Init")
    private Path keys;

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "client.facility")
    private String facility = "";

    @Option(names = "--name", paramLabel = "TEXT", descriptionKey = "client.name")
    private String name = "";

    @Option(names = "--scope", paramLabel = "SCOPE", descriptionKey = "client.scope")
    private List<String> scopes = List.of();

    public ClientAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("id", id).put("role", role);
        if (!facility.isEmpty()) {
            wanted.put("facility", facility);
        }
        if (!name.isEmpty()) {
            wanted.put("name", name);
        }
        if (!scopes.isEmpty()) {
            wanted.put("scopes", String.join(" ", scopes));
        }
        wanted.set("jwks", OperatorDoor.publicKeys(keys));
        var added = door.add(wanted);
        terminal.say(
                "client.added",
                added.path("id").asText(),
                added.path("role").asText(),
                added.path("scopes").asText());
        return ExitStatus.DONE;
    }
}
