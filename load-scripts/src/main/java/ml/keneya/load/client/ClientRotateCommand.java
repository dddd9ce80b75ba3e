package ml.keneya.load.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces all public keys of a system; assertions signed with others are good no longer. */
@Command(name = "rotate", mixinStandardHelpOptions = true)
public final class ClientRotateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "CLIENT", descriptionKey = "client.known")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @ArgGroup(multiplicity = "1")
    private final Keys keys = new Keys();

    /** One of the two. */
    private static final class Keys {
        @Option(names = "--jwks", paramLabel = "FILE", descriptionKey = "client.keys")
        private @Nullable Path file;

        @Option(names = "--jwks-url", paramLabel = "URL", descriptionKey = "client.keys-url")
        private @Nullable URI address;
    }

    public ClientRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (keys.file != null) {
            door.replaceKeys(id, OperatorDoor.publicKeys(keys.file));
        } else {
            door.fetchKeys(id, String.valueOf(keys.address));
        }
        terminal.say("client.rotated", id);
        return ExitStatus.DONE;
    }
}
