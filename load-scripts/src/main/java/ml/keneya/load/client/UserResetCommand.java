package ml.keneya.load.client;

import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a person's password and tokens, and shows the code with which this person chooses another password. */
@Command(name = "reset", mixinStandardHelpOptions = true)
public final class UserResetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    @Parameters(paramLabel = "LOGIN", descriptionKey = "user.known")
    @SuppressWarnings("NullAway.Init")
    private String login;

    public UserResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var reset = door.reset(login);
        terminal.say("user.reset", login);
        new ActivationNote(terminal).show(reset);
        return ExitStatus.DONE;
    }
}
