package ml.keneya.load.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;

/** The two streams of this run: results go to one, remarks about the way there to the other. */
public final class Terminal {
    private final PrintStream results;
    private final PrintStream remarks;
    private final Messages messages;

    public Terminal(PrintStream results, PrintStream remarks, Messages messages) {
        this.results = results;
        this.remarks = remarks;
        this.messages = messages;
    }

    public Messages messages() {
        return messages;
    }

    public Locale language() {
        return messages.language();
    }

    public void say(String key, Object... values) {
        line(messages.text(key, values));
    }

    public void remark(String key, Object... values) {
        remarkLine(messages.text(key, values));
    }

    public void remarkLine(String text) {
        remarks.println(PlainText.of(text));
    }

    public void line(String text) {
        results.println(PlainText.of(text));
    }

    public void blank() {
        results.println();
    }

    public void json(JsonNode document) {
        results.println(document);
    }

    /** Whether whoever read the results has gone away, as {@code head} does: going on would be work for nobody. */
    public boolean nobodyReads() {
        return results.checkError();
    }
}
