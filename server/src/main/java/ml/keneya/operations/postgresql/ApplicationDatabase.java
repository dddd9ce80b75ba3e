package ml.keneya.operations.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A database and the role without special rights that owns it, both of the same kind in production and in tests. */
public final class ApplicationDatabase {

    /** No such role or wrong password, and no such database. */
    private static final Set<String> ABSENT = Set.of("28000", "28P01", "3D000");

    /** Members of these read the views; who that is, is decided by whoever runs the database. */
    private static final List<String> READERS = List.of("keneya_analyst", "keneya_identified");

    private ApplicationDatabase() {}

    /** Creates what a first start or an interrupted one has not; costs one connection when everything is there. */
    static void prepare(PostgresqlConnection administrator, PostgresqlConnection application, String database)
            throws SQLException {
        try (Connection connection = application.open()) {
            if (missingReaders(connection).isEmpty()) {
                return;
            }
        } catch (SQLException exception) {
            if (!ABSENT.contains(exception.getSQLState())) {
                throw exception;
            }
        }
        try (Connection connection = administrator.open()) {
            createRole(connection, application.username(), application.password());
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                execute(connection, "format('CREATE DATABASE %I OWNER %I', ?, ?)", database, application.username());
            }
            createReaders(connection);
        }
    }

    /** Creates the roles that read the views; nobody can log in as one of them. */
    public static void createReaders(Connection administrator) throws SQLException {
        for (String role : missingReaders(administrator)) {
            execute(administrator, "format('CREATE ROLE %I NOLOGIN', ?)", role);
        }
    }

    private static List<String> missingReaders(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String role : READERS) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                missing.add(role);
            }
        }
        return missing;
    }

    /** Creates the role, or gives it this password. */
    public static void createRole(Connection administrator, String role, String password) throws SQLException {
        String verb = exists(administrator, "SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
        execute(administrator, "format('" + verb + " ROLE %I LOGIN PASSWORD %L', ?, ?)", role, password);
    }

    /** Creates the database as a copy of the template, to which nobody may be connected. */
    public static void copy(Connection administrator, String template, String database, String owner)
            throws SQLException {
        execute(administrator, "format('CREATE DATABASE %I TEMPLATE %I OWNER %I', ?, ?, ?)", database, template, owner);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Statements that define something take no parameters, so the server itself quotes the names into them. */
    private static void execute(Connection connection, String format, String... values) throws SQLException {
        String command;
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + format.replace("?", "?::text"))) {
            for (int index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                command = rows.getString(1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
