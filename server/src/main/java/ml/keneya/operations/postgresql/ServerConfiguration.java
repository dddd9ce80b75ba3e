package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every setting of the delivered PostgreSQL that differs from its default or that the promise depends on. */
final class ServerConfiguration {

    private static final String FILE = "keneya.conf";

    /** Sized for one small server of two processors and 4 GB that the exchange shares with it. */
    private static final String SETTINGS = """
            # Written by Kènèya at every start; changes made here are lost. ALTER SYSTEM outlives it.

            # What was acknowledged is never lost: a commit is answered when it is on the disk.
            fsync = on
            full_page_writes = on
            synchronous_commit = on

            # Only programs on this machine that know a password get in.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'

            # The pools of three copies of the exchange and a few tools; only those that are used cost memory.
            max_connections = 150

            # A quarter of the memory that is left beside the JVM, and what the system caches on top.
            shared_buffers = 256MB
            effective_cache_size = 1GB
            # Sorting a page of search results must not go to the disk.
            work_mem = 16MB
            # Index builds of the first start and of upgrades.
            maintenance_work_mem = 128MB

            # Fewer checkpoints write fewer full pages while bundles come in; recovery stays under a minute.
            checkpoint_timeout = 15min
            max_wal_size = 2GB
            # The delivered programs lack lz4 and zstd.
            wal_compression = pglz

            # Small servers have flash disks, where a random page costs little more than the next one.
            random_page_cost = 1.1
            # Compiling a query takes longer than the short queries of the exchange run.
            jit = off

            # The same clock everywhere; the exchange converts for people.
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            # Details and statements of errors quote rows, and a log never names a patient.
            log_error_verbosity = terse
            log_min_error_statement = panic
            """;

    private ServerConfiguration() {}

    static void includeIn(Path dataDirectory) throws IOException {
        Path main = dataDirectory.resolve("postgresql.conf");
        Files.writeString(main, Files.readString(main) + "\ninclude '" + FILE + "'\n");
    }

    static Path write(Path dataDirectory, int port) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        String settings = String.format(SETTINGS, port);
        // Written again only when it differs: on a full disk it would be empty afterwards.
        return Files.exists(file) && Files.readString(file).equals(settings) ? file : Files.writeString(file, settings);
    }
}
