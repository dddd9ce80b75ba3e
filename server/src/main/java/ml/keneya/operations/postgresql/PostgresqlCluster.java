package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import ml.keneya.operations.start.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running PostgreSQL on one data folder, with the database {@code keneya}; closing it stops the server. */
public final class PostgresqlCluster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresqlCluster.class);

    private static final String NAME = "keneya";
    private static final String ADMINISTRATOR = "postgres";

    /** A first start writes some 40 MB. */
    private static final Duration CREATION = Duration.ofMinutes(3);

    /** After a power cut the server replays its log before it accepts connections. */
    private static final Duration RECOVERY = Duration.ofMinutes(5);

    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final DataFolder folder;
    private final ServerAccount account;
    private final PostgresqlBinaries binaries;
    private final String administratorPassword;
    private final String applicationPassword;
    private int port;
    private boolean closed;

    private PostgresqlCluster(DataFolder folder, ServerAccount account, PostgresqlBinaries binaries)
            throws IOException {
        this.folder = folder;
        this.account = account;
        this.binaries = binaries;
        this.administratorPassword = Password.keptIn(folder.path(), ADMINISTRATOR);
        this.applicationPassword = Password.keptIn(folder.path(), NAME);
    }

    /** Starts the server, on a new database when the folder holds none. */
    public static PostgresqlCluster start(Path dataFolder) {
        return start(dataFolder, Optional.empty(), ServerAccount.available());
    }

    /** As above, with the unpacked programs in a folder that several clusters share. */
    public static PostgresqlCluster start(Path dataFolder, Path binaries) {
        return start(dataFolder, Optional.of(binaries), ServerAccount.available());
    }

    static PostgresqlCluster start(Path dataFolder, Optional<Path> binaries, ServerAccount account) {
        DataFolder folder = DataFolder.claim(dataFolder);
        try {
            PostgresqlCluster cluster =
                    new PostgresqlCluster(folder, account, PostgresqlBinaries.in(binaries.orElseGet(folder::binaries)));
            cluster.start();
            return cluster;
        } catch (RuntimeException exception) {
            release(folder, exception);
            throw exception;
        } catch (IOException | SQLException exception) {
            release(folder, exception);
            throw failed(exception.toString(), folder, exception);
        }
    }

    /** The role that owns the database and may do nothing beyond it. */
    public PostgresqlConnection application() {
        return new PostgresqlConnection(url(NAME), NAME, applicationPassword);
    }

    /** The role that may do everything; the exchange itself never uses it. */
    public PostgresqlConnection administrator() {
        return new PostgresqlConnection(url(ADMINISTRATOR), ADMINISTRATOR, administratorPassword);
    }

    /**
     * Starts the server again when it has ended by itself, as it does when its log finds no room on the disk, or was
     * killed; on its port, because whoever uses it knows no other, and without writing anything. An interruption of the
     * thread ends the waiting for it.
     *
     * @return whether it had ended
     * @throws StartRefused when it does not start yet, for example because another program has its port
     */
    public synchronized boolean startAgainIfEnded() {
        try {
            Optional<Postmaster> postmaster = Postmaster.of(folder.database());
            if (closed || postmaster.isPresent() && postmaster.get().isRunning()) {
                return false;
            }
            launch(this::requireItsPort);
            return true;
        } catch (IOException exception) {
            throw failed(exception.toString(), folder, exception);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (folder) {
            stop();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void start() throws IOException, SQLException {
        account.requireAccessTo(folder.path());
        account.requireAccessTo(binaries.home());
        if (!Files.isDirectory(folder.database())) {
            create();
        }
        account.own(folder.database());
        stopOrphan();
        launch(this::choosePort);
        try {
            ApplicationDatabase.prepare(administrator(), application(), NAME);
        } catch (SQLException exception) {
            stop();
            throw exception;
        }
    }

    private void create() throws IOException {
        log.info("Creating a PostgreSQL database in {}.", folder.database());
        Path unfinished = folder.unfinishedDatabase();
        FileTrees.delete(unfinished);
        Files.createDirectory(unfinished);
        account.own(unfinished);
        Path passwordFile = Password.write(folder.path(), administratorPassword);
        try {
            account.own(passwordFile);
            initialise(unfinished, passwordFile);
        } finally {
            Files.delete(passwordFile);
        }
        ServerConfiguration.includeIn(unfinished);
        Files.move(unfinished, folder.database(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The built-in locale orders by code point and knows upper and lower case: it is the same on every system, so that
     * an upgrade of the system cannot corrupt an index, and prefix searches use ordinary indexes.
     */
    private void initialise(Path directory, Path passwordFile) {
        Command.Outcome outcome = account.command(
                        binaries.program("initdb"),
                        "--pgdata=" + directory,
                        "--username=" + ADMINISTRATOR,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions")
                .run(CREATION);
        if (!outcome.succeeded()) {
            throw failed(PostgresqlLog.lastComplaint(outcome.output()), folder, null);
        }
    }

    /**
     * A killed exchange leaves its PostgreSQL running: stopped, because a new one reads today's settings and programs.
     */
    private void stopOrphan() throws IOException {
        Optional<Postmaster> left = Postmaster.of(folder.database());
        if (left.isPresent() && left.get().isRunning()) {
            log.warn(
                    "PostgreSQL {} was left running on {}; stopping it.",
                    left.get().processId(),
                    folder.path());
            left.get().stop();
        }
    }

    private void choosePort() throws IOException {
        port = ServerPort.rememberedIn(folder.port());
        account.own(ServerConfiguration.write(folder.database(), port));
    }

    private void requireItsPort() {
        if (!ServerPort.isFree(port)) {
            throw new StartRefused(
                    "le port " + port + " de PostgreSQL est pris par un autre programme.",
                    "port " + port + " of PostgreSQL is taken by another program.");
        }
    }

    private void launch(Preparation preparation) throws IOException {
        PostgresqlLog output = new PostgresqlLog(folder.log());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            preparation.prepare();
            Optional<Postmaster> predecessor = Postmaster.of(folder.database());
            if (predecessor.isPresent()) {
                predecessor.get().forgetIfAnotherProgramHasItsNumber();
            }
            output.beginAttempt();
            if (startServer() == 0) {
                log.info("PostgreSQL listens on 127.0.0.1:{}, data in {}.", port, folder.path());
                return;
            }
            if (!output.describesWhatMayPass()) {
                break;
            }
            Pause.of(BETWEEN_ATTEMPTS);
        }
        stop();
        throw failed(output.lastComplaint(), folder, null);
    }

    private int startServer() {
        return account.command(
                        binaries.program("pg_ctl"),
                        "start",
                        "--pgdata=" + folder.database(),
                        "--wait",
                        "--silent",
                        "--timeout=" + RECOVERY.toSeconds())
                .runWritingTo(folder.log(), RECOVERY.plusSeconds(10));
    }

    /** What comes before each attempt to start. */
    @FunctionalInterface
    private interface Preparation {

        void prepare() throws IOException;
    }

    private void stop() throws IOException {
        Optional<Postmaster> postmaster = Postmaster.of(folder.database());
        if (postmaster.isPresent() && postmaster.get().isRunning()) {
            postmaster.get().stop();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static void release(DataFolder folder, Exception cause) {
        try {
            folder.close();
        } catch (IOException exception) {
            cause.addSuppressed(exception);
        }
    }

    private static StartRefused failed(String reason, DataFolder folder, @Nullable Exception cause) {
        return new StartRefused(
                "PostgreSQL n'a pas démarré : " + reason + " (journal : " + folder.log() + ")",
                "PostgreSQL did not start: " + reason + " (log: " + folder.log() + ")",
                cause);
    }
}
