package ml.keneya.load.generate.output;

import java.io.IOException;
import java.nio.file.Path;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** The folder cannot be written: in use, not allowed, or the disk is full. */
final class NotWrittenException extends ExplainedException {
    private NotWrittenException(int status, @Nullable Throwable cause, String key, Object... values) {
        super(status, cause, key, values);
    }

    static NotWrittenException notEmpty(Path folder) {
        return new NotWrittenException(ExitStatus.MISUSED, null, "generate.not-empty", folder);
    }

    static NotWrittenException because(IOException failed, Path path) {
        return new NotWrittenException(
                ExitStatus.BROKEN,
                failed,
                "generate.not-written",
                path,
                failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }
}
