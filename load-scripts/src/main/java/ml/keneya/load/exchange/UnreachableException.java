package ml.keneya.load.exchange;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** The exchange did not answer, or only asked to come back later, as often as we were ready to try. */
public final class UnreachableException extends ExplainedException {
    /** The program was told to end while it waited. */
    public static UnreachableException stopped(InterruptedException cause) {
        return new UnreachableException(cause, "exchange.stopped");
    }

    UnreachableException(@Nullable Throwable cause, String key, Object... values) {
        super(ExitStatus.UNREACHABLE, cause, key, values);
    }
}
