package ml.keneya.load.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;

/** What a command writes, kept for reading. */
public final class CapturedTerminal {
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();

    public PrintStream resultStream() {
        return new PrintStream(results, true, StandardCharsets.UTF_8);
    }

    public PrintStream remarkStream() {
        return new PrintStream(remarks, true, StandardCharsets.UTF_8);
    }

    public Terminal terminal(Locale language) {
        return new Terminal(resultStream(), remarkStream(), new Messages(language));
    }

    public Terminal inFrench() {
        return terminal(Locale.FRENCH);
    }

    public String results() {
        return results.toString(StandardCharsets.UTF_8);
    }

    public String remarks() {
        return remarks.toString(StandardCharsets.UTF_8);
    }
}
