package ml.keneya.security.trace;

import org.jspecify.annotations.Nullable;

/** An access could not be written down, so it is not granted. */
public class TraceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TraceUnavailableException(@Nullable Throwable cause) {
        super("The trace could not be written.", cause);
    }
}
