package ml.keneya.operations;

import ml.keneya.operations.postgresql.PostgresqlConnection;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** Tells Boot's connection pool where the database is, in place of {@code spring.datasource.*}. */
record ConnectionDetails(PostgresqlConnection connection) implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
        return connection.username();
    }

    @Override
    public String getPassword() {
        return connection.password();
    }

    @Override
    public String getJdbcUrl() {
        return JdbcUrl.withOurParameters(connection.url());
    }
}
