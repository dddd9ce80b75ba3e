package ml.keneya.load.client;

import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** What the operator asked for was not done. */
final class OperatorException extends ExplainedException {
    OperatorException(int exitStatus, @Nullable Throwable cause, String key, Object... values) {
        super(exitStatus, cause, key, values);
    }
}
