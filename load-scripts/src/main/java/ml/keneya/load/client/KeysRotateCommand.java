package ml.keneya.load.client;

import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the server sign tokens with other keys from now on; nobody needs to log in again for it. */
@Command(name = "rotate", mixinStandardHelpOptions = true)
public final class KeysRotateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OperatorDoor door = new OperatorDoor();

    public KeysRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        door.rotateKeys();
        terminal.say("keys.rotated");
        return ExitStatus.DONE;
    }
}
