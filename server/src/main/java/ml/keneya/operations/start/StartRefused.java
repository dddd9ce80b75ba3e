package ml.keneya.operations.start;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/** A start that cannot succeed for a reason an operator can remove; the message is one line, French then English. */
public final class StartRefused extends RuntimeException implements ExitCodeGenerator {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Differs from 1, the status of an unforeseen failure, so that the launcher knows that one line says it all. */
    private static final int STATUS = 2;

    public StartRefused(String french, String english) {
        this(french, english, null);
    }

    public StartRefused(String french, String english, @Nullable Throwable cause) {
        super(oneLine(french) + " / " + oneLine(english), cause);
    }

    @Override
    public int getExitCode() {
        return STATUS;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
