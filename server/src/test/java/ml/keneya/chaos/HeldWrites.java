package ml.keneya.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ml.keneya.operations.postgresql.PostgresqlConnection;

/**
 * Stops the server at one row that it writes, in the middle of the transaction: what that had written before is there
 * and not committed. A kill that comes meanwhile is sure to interrupt it.
 */
final class HeldWrites implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final int number = COUNTER.incrementAndGet();
    private final String name = "keneya.hold_" + number;
    private final Connection connection;

    /**
     * Whose rows are held.
     *
     * @param event {@code insert} or {@code update}
     * @param condition on {@code new} and, of an update, {@code old}
     */
    HeldWrites(PostgresqlConnection database, String table, String event, String condition) {
        try {
            connection = database.open();
            execute("select pg_advisory_lock(" + number + ")");
            // Whoever waits for a lock gives up after some seconds; here it must not.
            execute("create function " + name + "() returns trigger language plpgsql as 'begin"
                    + " perform set_config(''lock_timeout'', ''0'', true);"
                    + " perform pg_advisory_xact_lock(" + number + "); return new; end'");
            execute("create trigger hold_" + number + " before " + event + " on " + table + " for each row when ("
                    + condition + ") execute function " + name + "()");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Until the server stands still at all these rows at the same time. */
    static void awaitAll(HeldWrites... held) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Arrays.stream(held).allMatch(HeldWrites::isHeld)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("A row was not written.");
            }
            ServerProcess.pause(20);
        }
    }

    private boolean isHeld() {
        try (PreparedStatement statement = connection.prepareStatement("""
                        select from pg_locks
                        where locktype = 'advisory' and not granted and classid = 0 and objid = ?
                          and database = (select oid from pg_database where datname = current_database())
                        """)) {
            statement.setInt(1, number);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Lets go of what was not killed. What was killed writes its row, and finds that nobody is there to commit it. The
     * trigger stays and stops nobody: to drop it would wait for whoever is held by another one.
     */
    @Override
    public void close() {
        try (connection) {
            execute("select pg_advisory_unlock(" + number + ")");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
