package ml.keneya.operations.start;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A start that cannot succeed for a reason an operator can remove; the message is one line, French then English. */
public final class StartRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StartRefused(String french, String english) {
        this(french, english, null);
    }

    public StartRefused(String french, String english, @Nullable Throwable cause) {
        super(oneLine(french) + " / " + oneLine(english), cause);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
