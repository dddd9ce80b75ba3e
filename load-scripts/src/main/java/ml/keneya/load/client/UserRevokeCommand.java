package ml.keneya.load.client;

import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shuts a person out for good, with all their tokens. */
@Command(name = "revoke", mixinStandardHelpOptions = true)
public final class UserRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "LOGIN", descriptionKey = "user.known")
    @SuppressWarnings("NullAway.Init")
    private String login;

    public UserRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        door.revoke("users", login);
        terminal.say("user.revoked", login);
        return ExitStatus.DONE;
    }
}
