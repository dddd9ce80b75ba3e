package ml.keneya.load.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the keys of a system that is to call, on the machine where it runs: the private one need never travel. */
@Command(name = "key", mixinStandardHelpOptions = true)
public final class ClientKeyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", descriptionKey = "client.key-file")
    private Path file = Path.of("");

    public ClientKeyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path shown = file.resolveSibling(file.getFileName() + ".public.json");
        // A key that is in use must not be written over: nobody else has it.
        for (Path taken : new Path[] {file, shown}) {
            if (Files.exists(taken)) {
                throw new OperatorException(ExitStatus.MISUSED, null, "client.key-exists", taken);
            }
        }
        NewKey key = NewKey.made();
        try {
            SecretFile.create(file, key.secret().toString());
            Files.writeString(shown, key.shown().toPrettyString() + "\n", StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new OperatorException(ExitStatus.BROKEN, unwritable, "client.key-not-written", unwritable);
        }
        terminal.say("client.key-made", file, shown);
        return ExitStatus.DONE;
    }
}
