package ml.keneya.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Postgres;

/**
 * A PostgreSQL of its own, apart from the server's process, whose processes can be killed one by one or all at once.
 */
final class KillableDatabase implements AutoCloseable {

    private final Path folder;
    private PostgresqlCluster cluster;

    KillableDatabase(Path folder) {
        this.folder = folder;
        this.cluster = PostgresqlCluster.start(folder, Postgres.binaries());
    }

    PostgresqlConnection application() {
        return cluster.application();
    }

    PostgresqlConnection administrator() {
        return cluster.administrator();
    }

    /** A setting of the live server. */
    String setting(String name) {
        return query(cluster.administrator(), "show " + name).orElseThrow();
    }

    /** One of the processes that work for the exchange, in the middle of whatever it does. */
    void killBackend() {
        query(cluster.administrator(), """
                select pid from pg_stat_activity
                where usename = 'keneya' and backend_type = 'client backend'
                order by state = 'active' desc, random() limit 1
                """).ifPresent(KillableDatabase::kill);
    }

    /** As a power cut would: no checkpoint, no farewell. The others end when they notice. */
    void killAll() {
        try {
            String postmaster = Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid"))
                    .get(0)
                    .strip();
            kill(postmaster);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Sets sequences back by two of the blocks that a server takes at once, as a crash does when the one that was taken last
     * had not reached the disk.
     */
    void loseNumbers() {
        query(cluster.application(), """
                select count(setval(format('%I.%I', schemaname, sequencename)::regclass,
                    greatest(last_value - 2 * increment_by, 1)))
                from pg_sequences where schemaname = 'public' and increment_by > 1 and last_value is not null
                """);
    }

    /** Starts it again on what is on the disk. */
    void restart() {
        cluster.close();
        cluster = PostgresqlCluster.start(folder, Postgres.binaries());
    }

    @Override
    public void close() {
        cluster.close();
    }

    private static Optional<String> query(PostgresqlConnection role, String sql) {
        try (Connection connection = role.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void kill(String processId) {
        try {
            new ProcessBuilder("kill", "-KILL", processId).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
