package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A process of its own that the tests can kill: starts a cluster, writes one row, waits. */
final class HoldsACluster {

    static final String READY = "ready";

    private HoldsACluster() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        PostgresqlCluster cluster = PostgresqlCluster.start(Path.of(arguments[0]), Path.of(arguments[1]));
        try (Connection connection = cluster.application().open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (word text)");
            statement.execute("INSERT INTO kept VALUES ('acknowledged')");
        }
        System.out.println(READY);
        System.in.read();
    }
}
