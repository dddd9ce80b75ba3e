package ml.keneya.load.terminal;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Every sentence a user sees, in the one language chosen for this run. */
public final class Messages {
    private static final String NAME = "ml.keneya.load.messages";

    private final Locale language;
    private final ResourceBundle texts;

    public Messages(Locale language) {
        this.language = language;
        // Without this control a French run on an English machine would fall back to the machine's language.
        this.texts = ResourceBundle.getBundle(NAME, language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    public String text(String key, Object... values) {
        return String.format(language, texts.getString(key), values);
    }

    /** The text of a key made from data, such as a code that the exchange sent, or the data itself. */
    public String textOr(String key, String otherwise) {
        return texts.containsKey(key) ? texts.getString(key) : otherwise;
    }

    public ResourceBundle texts() {
        return texts;
    }

    public Locale language() {
        return language;
    }
}
