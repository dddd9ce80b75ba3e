package ml.keneya.store;

import java.sql.SQLException;
import java.util.regex.Pattern;
import ml.keneya.fhir.MomentaryFailures;
import org.springframework.stereotype.Component;

/**
 * The database went away in the middle, or had no room. Hibernate wraps some of these as errors without a reason, for
 * example when a transaction cannot be rolled back because its connection is dead.
 */
@Component
class DatabaseWentAway implements MomentaryFailures {

    /**
     * Lost connections (08), no room in memory, on the disk or for a connection (53), shutting down, crashed or
     * starting (57P), met another transaction (40), became a standby (25006), could not read its disk (58030):
     * PostgreSQL's manual, appendix A.
     */
    private static final Pattern MOMENTARY_STATES = Pattern.compile("08|53|57P|40|25006|58030");

    /** {@code unique_violation} of the same list: another writer was quicker, and what it wrote may now be found. */
    private static final String UNIQUE_VIOLATION = "23505";

    /** {@code disk_full} of the same list. */
    private static final String DISK_FULL = "53100";

    /** PostgreSQL gives a state to all that it refuses; without one it is the pool that lost the connection. */
    @Override
    public boolean include(Throwable cause) {
        return cause instanceof SQLException database
                && (database.getSQLState() == null
                        || MOMENTARY_STATES.matcher(database.getSQLState()).lookingAt());
    }

    @Override
    public boolean comeOfAFullDisk(Throwable cause) {
        return cause instanceof SQLException database && DISK_FULL.equals(database.getSQLState());
    }

    @Override
    public boolean neverInclude(Throwable cause) {
        return cause instanceof SQLException database
                && !include(cause)
                && !UNIQUE_VIOLATION.equals(database.getSQLState());
    }
}
