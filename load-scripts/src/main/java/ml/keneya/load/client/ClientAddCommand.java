package ml.keneya.load.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets one more system call, or one more application that people use; what fits together is for the server to say. */
@Command(name = "add", mixinStandardHelpOptions = true)
public final class ClientAddCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "CLIENT", descriptionKey = "client.new")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "client.role")
    private String role = "";

    @Option(names = "--jwks", paramLabel = "FILE", descriptionKey = "client.keys")
    private @Nullable Path keys;

    @Option(names = "--jwks-url", paramLabel = "URL", descriptionKey = "client.keys-url")
    private @Nullable URI keysElsewhere;

    @Option(names = "--public", descriptionKey = "client.public")
    private boolean isPublic;

    @Option(names = "--redirect-uri", paramLabel = "URL", descriptionKey = "client.redirect")
    private List<String> redirectUris = List.of();

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "client.facility")
    private String facility = "";

    @Option(names = "--area", paramLabel = "CODE", descriptionKey = "client.area")
    private List<String> areas = List.of();

    @Option(names = "--name", paramLabel = "TEXT", descriptionKey = "client.name")
    private String name = "";

    @Option(names = "--scope", paramLabel = "SCOPE", descriptionKey = "client.scope")
    private List<String> scopes = List.of();

    public ClientAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("id", id);
        if (!name.isEmpty()) {
            wanted.put("name", name);
        }
        if (!scopes.isEmpty()) {
            wanted.put("scopes", String.join(" ", scopes));
        }
        if (isPublic) {
            describeApplication(wanted);
        } else {
            describeSystem(wanted);
        }
        var added = door.add("clients", wanted);
        terminal.say(
                isPublic ? "client.added.public" : "client.added",
                added.path("id").asText(),
                isPublic ? String.join(", ", redirectUris) : added.path("role").asText(),
                added.path("scopes").asText());
        return ExitStatus.DONE;
    }

    private void describeApplication(ObjectNode wanted) {
        if (redirectUris.isEmpty()
                || !role.isEmpty()
                || keys != null
                || keysElsewhere != null
                || !facility.isEmpty()
                || !areas.isEmpty()) {
            throw new OperatorException(ExitStatus.MISUSED, null, "client.needs.public");
        }
        redirectUris.forEach(wanted.putArray("redirectUris")::add);
    }

    private void describeSystem(ObjectNode wanted) {
        if (role.isEmpty() || (keys == null) == (keysElsewhere == null) || !redirectUris.isEmpty()) {
            throw new OperatorException(ExitStatus.MISUSED, null, "client.needs");
        }
        wanted.put("role", role);
        if (!facility.isEmpty()) {
            wanted.put("facility", facility);
        }
        areas.forEach(wanted.putArray("areas")::add);
        if (keys != null) {
            wanted.set("jwks", OperatorDoor.publicKeys(keys));
        } else {
            wanted.put("jwksUrl", String.valueOf(keysElsewhere));
        }
    }
}
