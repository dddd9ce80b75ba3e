package ml.keneya.operations.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What a client needs to know to connect. */
public record PostgresqlConnection(String url, String username, String password) {

    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    /** Leaves the password out, because records end up in logs. */
    @Override
    public String toString() {
        return "PostgresqlConnection[" + username + " at " + url + "]";
    }
}
