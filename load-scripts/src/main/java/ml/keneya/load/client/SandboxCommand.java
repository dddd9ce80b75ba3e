package ml.keneya.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;
import ml.keneya.load.tokens.BackendService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Gets from a sandbox a system and a person for each role, which end by themselves: keys and tokens in files of their
 * own, passwords on the screen, and commands that work as they stand.
 */
@Command(name = "sandbox", mixinStandardHelpOptions = true)
public final class SandboxCommand implements Callable<Integer> {
    private static final String SITE = "site";
    private static final List<String> ROLES =
            List.of(SITE, "agency", "area", "auditor", "administrator", "expert-hub", "social");
    private static final String EVERYTHING = "system/*.cruds";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            descriptionKey = "sandbox.folder",
            defaultValue = "${env:KENEYA_DATA:-data}/sandbox")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--facility",
            paramLabel = "CODE",
            descriptionKey = "sandbox.facility",
            defaultValue = "cscom-sanankoroba")
    private String facility = "";

    @Option(names = "--area", paramLabel = "CODE", descriptionKey = "sandbox.area", defaultValue = "ML02")
    private String area = "";

    public SandboxCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private record Guest(JsonNode system, Path key, Path token, JsonNode person) {}

    @Override
    public Integer call() {
        List<Guest> guests = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (String role : ROLES) {
                guests.add(admit(role));
            }
        } catch (IOException unwritable) {
            throw new OperatorException(ExitStatus.BROKEN, unwritable, "sandbox.not-written", folder);
        }
        show(guests);
        return ExitStatus.DONE;
    }

    private Guest admit(String role) throws IOException {
        NewKey made = NewKey.made();
        Path key = folder.resolve(role + ".json");
        Path token = folder.resolve(role + ".token");
        ObjectNode wanted = wanted(role);
        wanted.set("jwks", made.shown());
        JsonNode system = door.add("sandbox/clients", wanted);
        SecretFile.replace(key, made.secret().toString());
        Optional<String> authorization = BackendService.of(
                        base(), system.path("id").asText(), key, EVERYTHING)
                .authorization();
        SecretFile.replace(token, authorization.orElseThrow().replaceFirst("^Bearer ", ""));
        return new Guest(system, key, token, door.add("sandbox/users", wanted(role)));
    }

    private ObjectNode wanted(String role) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("role", role);
        if (role.equals(SITE)) {
            wanted.put("facility", facility);
        }
        if (role.equals("area")) {
            wanted.putArray("areas").add(area);
        }
        return wanted;
    }

    private void show(List<Guest> guests) {
        terminal.say("sandbox.until", end(guests), folder);
        table(
                "sandbox.systems",
                guests,
                guest -> List.of(
                        guest.system().path("role").asText(),
                        guest.system().path("id").asText(),
                        guest.key().toString()));
        terminal.blank();
        table(
                "sandbox.people",
                guests,
                guest -> List.of(
                        guest.person().path("role").asText(),
                        guest.person().path("login").asText(),
                        guest.person().path("password").asText()));
        terminal.blank();
        terminal.say("sandbox.site", facility);
        terminal.line(curl(guests.get(ROLES.indexOf(SITE)), "Patient"));
        terminal.say("sandbox.agency");
        terminal.line(curl(guests.get(ROLES.indexOf("agency")), "Organization"));
        terminal.say("sandbox.refused");
        terminal.line(curl(guests.get(ROLES.indexOf("agency")), "Patient"));
    }

    private void table(String headings, List<Guest> guests, Function<Guest, List<String>> row) {
        var table = new TextTable(List.of(terminal.messages().text(headings).split(",")));
        guests.stream().map(row).forEach(table::add);
        table.printTo(terminal);
    }

    private String curl(Guest guest, String path) {
        return "  curl -s -H 'Accept-Language: " + terminal.language().getLanguage()
                + "' -H \"Authorization: Bearer $(cat '" + guest.token().toAbsolutePath() + "')\" '" + base() + "/"
                + path + "'";
    }

    private static String end(List<Guest> guests) {
        String first = guests.get(0).system().path("until").asText();
        return MINUTE.format(Instant.parse(first));
    }

    private URI base() {
        return door.base();
    }
}
