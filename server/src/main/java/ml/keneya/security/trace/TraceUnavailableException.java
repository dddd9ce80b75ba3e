package ml.keneya.security.trace;

import java.sql.SQLException;
import java.util.stream.Stream;
import ml.keneya.fhir.RefusalCode;
import org.jspecify.annotations.Nullable;

/** An access could not be written down, so it is not granted. */
public class TraceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** {@code disk_full} of appendix A of PostgreSQL's manual. */
    private static final String DISK_FULL = "53100";

    TraceUnavailableException(@Nullable Throwable cause) {
        super("The trace could not be written.", cause);
    }

    /** What the client is told: a full disk lasts until somebody makes room, and is called by its name. */
    RefusalCode refusal() {
        boolean full = Stream.<Throwable>iterate(this, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(cause -> cause instanceof SQLException database && DISK_FULL.equals(database.getSQLState()));
        return full ? RefusalCode.NO_ROOM : RefusalCode.TRACE_UNAVAILABLE;
    }
}
