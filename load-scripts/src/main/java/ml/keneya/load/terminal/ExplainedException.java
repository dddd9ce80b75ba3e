package ml.keneya.load.terminal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ends a command with a sentence for its user and a status for its script. */
public abstract class ExplainedException extends RuntimeException {
    private final int exitStatus;
    private final String key;
    private final transient Object[] values;

    protected ExplainedException(int exitStatus, @Nullable Throwable cause, String key, Object... values) {
        super(new Messages(Locale.ENGLISH).text(key, values), cause);
        this.exitStatus = exitStatus;
        this.key = key;
        this.values = values.clone();
    }

    public int exitStatus() {
        return exitStatus;
    }

    public String explainedIn(Messages messages) {
        return messages.text(key, values);
    }
}
