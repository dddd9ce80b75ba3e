package ml.keneya.load.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** The two streams of this run: results go to one, remarks about the way there to the other. */
public final class Terminal {
    private static final String ERASE_REST = "\u001B[K";
    private static final int BAR = 20;

    private final PrintStream results;
    private final PrintStream remarks;
    private final Messages messages;
    private final boolean live;
    private boolean statusShown;

    public Terminal(PrintStream results, PrintStream remarks, Messages messages) {
        this(results, remarks, messages, false);
    }

    /** @param live whether somebody looks at the remarks on a screen, where a line can be written over */
    public Terminal(PrintStream results, PrintStream remarks, Messages messages, boolean live) {
        this.results = results;
        this.remarks = remarks;
        this.messages = messages;
        this.live = live;
    }

    public boolean isLive() {
        return live;
    }

    /** Says how things stand: on a screen one line that is written over, otherwise a remark like any other. */
    public void status(String key, Object... values) {
        status(PlainText.of(messages.text(key, values)));
    }

    /**
     * Says how far something is; on a screen with a bar in front.
     *
     * @param percent the first value of the message
     */
    public void progress(String key, long percent, Object... others) {
        Object[] values =
                Stream.concat(Stream.of(percent), Arrays.stream(others)).toArray();
        String text = PlainText.of(messages.text(key, values));
        status(live ? bar(percent) + text : text);
    }

    private static String bar(long percent) {
        int full = (int) Math.max(0, Math.min(BAR, percent * BAR / 100));
        return "█".repeat(full) + "░".repeat(BAR - full) + " ";
    }

    private synchronized void status(String text) {
        if (live) {
            remarks.print("\r" + text + ERASE_REST);
            remarks.flush();
            statusShown = true;
        } else {
            remarks.println(text);
        }
    }

    private void clearStatus() {
        if (statusShown) {
            remarks.print("\r" + ERASE_REST);
            remarks.flush();
            statusShown = false;
        }
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

    public synchronized void remarkLine(String text) {
        clearStatus();
        remarks.println(PlainText.of(text));
    }

    public synchronized void line(String text) {
        clearStatus();
        results.println(PlainText.of(text));
    }

    public void blank() {
        results.println();
    }

    public synchronized void json(JsonNode document) {
        clearStatus();
        results.println(document);
    }

    /** Whether whoever read the results has gone away, as {@code head} does: going on would be work for nobody. */
    public boolean nobodyReads() {
        return results.checkError();
    }
}
