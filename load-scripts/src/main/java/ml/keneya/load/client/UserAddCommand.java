package ml.keneya.load.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets one more person in, and shows the code with which this person chooses a password. */
@Command(name = "add", mixinStandardHelpOptions = true)
public final class UserAddCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "LOGIN", descriptionKey = "user.new")
    @SuppressWarnings("NullAway.Init")
    private String login;

    @Option(names = "--role", paramLabel = "ROLE", required = true, descriptionKey = "user.role")
    @SuppressWarnings("NullAway.Init")
    private String role;

    @Option(names = "--name", paramLabel = "TEXT", descriptionKey = "user.name")
    private String name = "";

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "client.facility")
    private String facility = "";

    @Option(names = "--area", paramLabel = "CODE", descriptionKey = "client.area")
    private List<String> areas = List.of();

    @Option(names = "--language", paramLabel = "fr|en", descriptionKey = "user.language")
    private String language = "";

    @Option(names = "--practitioner", paramLabel = "Practitioner/ID", descriptionKey = "user.practitioner")
    private String practitioner = "";

    public UserAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode wanted =
                JsonNodeFactory.instance.objectNode().put("login", login).put("role", role);
        putIfGiven(wanted, "name", name);
        putIfGiven(wanted, "facility", facility);
        putIfGiven(wanted, "language", language);
        putIfGiven(wanted, "practitioner", practitioner);
        areas.forEach(wanted.putArray("areas")::add);
        var added = door.add("users", wanted);
        terminal.say(
                "user.added",
                added.path("login").asText(),
                added.path("role").asText(),
                added.path("id").asText());
        new ActivationNote(terminal).show(added);
        return ExitStatus.DONE;
    }

    private static void putIfGiven(ObjectNode wanted, String name, String value) {
        if (!value.isEmpty()) {
            wanted.put(name, value);
        }
    }
}
