package ml.keneya.load.folder;

import java.io.IOException;
import java.nio.file.Path;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** The journal of a folder cannot be used: of another delivery, in use, not writable, or the disk is full. */
final class JournalException extends ExplainedException {
    private JournalException(int status, @Nullable Throwable cause, String key, Object... values) {
        super(status, cause, key, values);
    }

    static JournalException because(IOException failed, Path path) {
        return new JournalException(
                ExitStatus.BROKEN,
                failed,
                "journal.not-written",
                path,
                failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }

    static JournalException inUse(Path path) {
        return new JournalException(ExitStatus.MISUSED, null, "journal.in-use", path);
    }

    static JournalException ofOthers(Path path, String header) {
        return new JournalException(ExitStatus.MISUSED, null, "journal.of-others", path, header);
    }
}
