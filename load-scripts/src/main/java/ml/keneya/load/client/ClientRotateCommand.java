package ml.keneya.load.client;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
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

    @Option(names = "--jwks", paramLabel = "FILE", required = true, descriptionKey = "client.keys")
    @SuppressWarnings("NullAway.Init")
    private Path keys;

    public ClientRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        door.replaceKeys(id, OperatorDoor.publicKeys(keys));
        terminal.say("client.rotated", id);
        return ExitStatus.DONE;
    }
}
