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
import java.util.stream.Stream;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Postgres;

/**
 * A PostgreSQL of its own, apart from the server's process, whose processes can be killed one by one or all at once.
 */
final class KillableDatabase implements AutoCloseable {

    private static final int MOST_MEGABYTES_OF_LOG = 1_000;

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
        return query("show " + name).orElseThrow();
    }

    /** One of the processes that work for the exchange, in the middle of whatever it does. */
    void killBackend() {
        query("""
                select pid from pg_stat_activity
                where usename = 'keneya' and backend_type = 'client backend'
                order by state = 'active' desc, random() limit 1
                """).ifPresent(process -> signal("KILL", process));
    }

    /** As a power cut would: no checkpoint, no farewell. The others end when they notice. */
    void killAll() {
        signal("KILL", postmaster());
    }

    /** How an operator stops it, by the signals of PostgreSQL's manual. */
    enum Stop {
        /** Ends all sessions, then writes everything out. */
        FAST("INT"),

        /** Ends at once, and recovers at the next start. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /**
     * Sets sequences back by two of the blocks that a server takes at once, as a crash does when the one that was taken
     * last had not reached the disk.
     */
    void loseNumbers() {
        query("""
                select count(setval(format('%I.%I', schemaname, sequencename)::regclass,
                    greatest(last_value - 2 * increment_by, 1)))
                from pg_sequences where schemaname = 'public' and increment_by > 1 and last_value is not null
                """, cluster.application());
    }

    /**
     * Ends the two minutes for which a dead worker still has a delivery, and the seconds until the next try. Of one
     * server alone: who is at work gets no company.
     */
    void endPauses() {
        query("""
                update keneya.delivery set lease_until = now()
                where status in ('WAITING', 'RUNNING') and lease_until > now() returning 1
                """, cluster.application());
    }

    /** Returns when it has ended. */
    void stop(Stop how) {
        String postmaster = postmaster();
        signal(how.signal, postmaster);
        while (Files.exists(Path.of("/proc", postmaster, "cwd"))) {
            ServerProcess.pause(20);
        }
    }

    /**
     * Starts it, after it was stopped, on a disk that has only so much room left; what is written there is lost with
     * it.
     */
    SmallDisk moveToDiskOf(int spareMegabytes) {
        Path data = folder.resolve("postgresql");
        SmallDisk disk = new SmallDisk(folder.resolve("small"), megabytes(data) + spareMegabytes);
        disk.receive(data);
        disk.startDatabase();
        return disk;
    }

    /**
     * What writes nothing but log, which needs new files all the time, until the database goes away. It is connected
     * beforehand: a full disk lets nobody in.
     */
    Runnable writerOfLog() {
        try {
            Connection connection = cluster.administrator().open();
            return () -> {
                try (connection;
                        Statement statement = connection.createStatement()) {
                    for (int megabyte = 0; megabyte < MOST_MEGABYTES_OF_LOG; megabyte++) {
                        statement.execute("select pg_logical_emit_message(true, 'full', repeat('x', 1000000))");
                    }
                } catch (SQLException full) {
                    return;
                }
                throw new IllegalStateException("The log finds room on a full disk.");
            };
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Begins the next file of the log, of 16 MB, so that a disk that is filled now has no room for a table long before
     * the log finds none.
     */
    void beginFileOfLog() {
        query("select pg_switch_wal()");
        query("select pg_logical_emit_message(true, 'begin', 'x')");
    }

    /** Reads every page of the exchange's database. */
    int damagedPages() {
        query("""
                select sum((xpath('/row/c/text()', query_to_xml(
                    format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text::bigint)
                from pg_tables where schemaname in ('public', 'keneya')
                """, cluster.application());
        return Integer.parseInt(query("select coalesce(sum(checksum_failures), -1) from pg_stat_database")
                .orElseThrow());
    }

    /** Until the answer is closed, or this is killed, no table of a view is filled further. */
    HeldRebuilds holdRebuilds() {
        return new HeldRebuilds(cluster.application());
    }

    /** Whether a table of a view is still being built. */
    boolean isBeingBuilt(String table) {
        return query(
                        "select 1 from keneya.view_table where state = 'BUILDING' and table_name = '" + table + "'",
                        cluster.application())
                .isPresent();
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

    private Optional<String> query(String sql) {
        return query(sql, cluster.administrator());
    }

    private static Optional<String> query(String sql, PostgresqlConnection role) {
        try (Connection connection = role.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String postmaster() {
        try {
            return Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid"))
                    .get(0)
                    .strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int megabytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return (int) (files.mapToLong(file -> file.toFile().length()).sum() / 1_000_000);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void signal(String name, String processId) {
        try {
            new ProcessBuilder("kill", "-" + name, processId).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
