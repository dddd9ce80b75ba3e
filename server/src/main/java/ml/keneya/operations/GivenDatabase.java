package ml.keneya.operations;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.operations.start.StartRefused;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that somebody else runs; tried once before the connection pool, which reports failures at length. */
record GivenDatabase(String url, DatabaseSettings settings) {

    private static final String SCHEME = "jdbc:postgresql://";
    private static final String STARTING_UP = "57P03";

    /** A server that was started together with us may still be recovering. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    GivenDatabase {
        if (!url.startsWith(SCHEME)) {
            throw new StartRefused(
                    "L'adresse de la base de données doit commencer par " + SCHEME + ".",
                    "The database URL must start with " + SCHEME + ".");
        }
    }

    PostgresqlConnection application() {
        return tried(settings.username(), password(settings.password(), settings.passwordFile()));
    }

    /** The role that migrates: the application's own when no other is named. */
    PostgresqlConnection owner() {
        @Nullable String owner = settings.ownerUsername();
        return owner == null
                ? application()
                : tried(owner, password(settings.ownerPassword(), settings.ownerPasswordFile()));
    }

    private PostgresqlConnection tried(String username, String password) {
        PostgresqlConnection connection = new PostgresqlConnection(JdbcUrl.withOurParameters(url), username, password);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection open = connection.open()) {
                open.isValid(0);
                return connection;
            } catch (SQLException exception) {
                if (!STARTING_UP.equals(exception.getSQLState()) || System.nanoTime() > deadline) {
                    throw refusal(username, exception);
                }
            }
            waitAMoment();
        }
    }

    private static String password(@Nullable String password, @Nullable Path file) {
        if (password != null) {
            return password;
        }
        if (file == null) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException exception) {
            throw new StartRefused(
                    "Le fichier de mot de passe " + file + " est illisible.",
                    "Password file " + file + " cannot be read.",
                    exception);
        }
    }

    private StartRefused refusal(String username, SQLException exception) {
        String place = JdbcUrl.withoutParameters(url);
        String state = String.valueOf(exception.getSQLState());
        return switch (state) {
            case "28P01", "28000", "08004" ->
                new StartRefused(
                        "La base de données " + place + " refuse l'utilisateur « " + username
                                + " » : nom ou mot de passe faux.",
                        "Database " + place + " refuses user \"" + username + "\": wrong name or password.",
                        exception);
            case "3D000" ->
                new StartRefused(
                        "La base de données " + place + " n'existe pas sur ce serveur.",
                        "Database " + place + " does not exist on that server.",
                        exception);
            case "08000", "08001", "08003", "08006" ->
                new StartRefused(
                        "Le serveur de la base de données " + place + " est injoignable.",
                        "The server of database " + place + " cannot be reached.",
                        exception);
            default ->
                new StartRefused(
                        "La base de données " + place + " refuse la connexion (" + exception.getMessage() + ").",
                        "Database " + place + " refuses the connection (" + exception.getMessage() + ").",
                        exception);
        };
    }

    private static void waitAMoment() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted while starting."));
        }
    }
}
