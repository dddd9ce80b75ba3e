package ml.keneya.load.client;

import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shuts a system or an application out for good; its tokens end with it. */
@Command(name = "revoke", mixinStandardHelpOptions = true)
public final class ClientRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "CLIENT", descriptionKey = "client.known")
    @SuppressWarnings("NullAway.Init")
    private String id;

    public ClientRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        door.revoke("clients", id);
        terminal.say("client.revoked", id);
        return ExitStatus.DONE;
    }
}
