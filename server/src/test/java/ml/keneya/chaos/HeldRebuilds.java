package ml.keneya.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import ml.keneya.operations.postgresql.PostgresqlConnection;

/**
 * Stops whoever fills a new table of a view, in the middle of the transaction of a piece: it has read its records and
 * waits to write their rows, whether it copies them or follows what has changed since. A kill that comes meanwhile is
 * sure to interrupt it. Ends with the database.
 */
final class HeldRebuilds implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Connection connection;

    /** Every statement that replaces rows clears the notes of failures first. */
    HeldRebuilds(PostgresqlConnection exchange) {
        try {
            connection = exchange.open();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("lock table keneya.view_failure in share mode");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** @return the table whose building stands still in the middle */
    String awaitOne() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Optional<String> held = held();
        while (held.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("No table of a view is being built: " + whatGoesOn());
            }
            ServerProcess.pause(20);
            held = held();
        }
        return held.get();
    }

    private Optional<String> held() {
        try (Statement again = connection.createStatement()) {
            // Who does what is otherwise looked at once in a transaction.
            again.execute("select pg_stat_clear_snapshot()");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                        select building.table_name
                        from keneya.view_table building
                        where building.state = 'BUILDING' and exists (
                            select from pg_locks waiting join pg_stat_activity activity using (pid)
                            where not waiting.granted and waiting.relation = 'keneya.view_failure'::regclass
                              and position('''' || building.table_name || '''' in activity.query) > 0)
                        """);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** For whoever must find out why nobody waits here: tables that are not served, and who waits for what instead. */
    private String whatGoesOn() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select concat_ws('; ',
                            (select string_agg(concat_ws(' ', table_name, state, copied), ', ')
                             from keneya.view_table where state <> 'ACTIVE'),
                            (select string_agg(concat_ws(' ', wait_event, left(query, 80)), ', ')
                             from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid()))
                        """)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Lets go of what was not killed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException died) {
            // With the database, and its locks with it.
        }
    }
}
