package ml.keneya.operations.postgresql;

import static ml.keneya.operations.postgresql.Queries.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import ml.keneya.test.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveredPostgresqlTest {

    @TempDir
    static Path folder;

    private static PostgresqlCluster cluster;
    private static PostgresqlConnection application;
    private static PostgresqlConnection administrator;

    @BeforeAll
    static void start() {
        cluster = PostgresqlCluster.start(folder, Postgres.binaries());
        application = cluster.application();
        administrator = cluster.administrator();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void losesNothingItAcknowledged() throws SQLException {
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            assertThat(ask(application, "SHOW " + setting)).as(setting).containsExactly("on");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(application.url(), application.username(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        exception -> assertThat(exception.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void letsNobodyInWithoutScram() throws SQLException {
        assertThat(ask(administrator, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
                .containsExactly("scram-sha-256");
        assertThat(ask(administrator, "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolcanlogin"))
                .containsOnly("SCRAM-SHA-256")
                .hasSize(2);
    }

    @Test
    void listensOnLoopbackOnly() throws SQLException {
        assertThat(ask(administrator, "SHOW listen_addresses")).containsExactly("127.0.0.1");
        assertThat(ask(administrator, "SHOW unix_socket_directories")).containsExactly("");
    }

    @Test
    void givesTheApplicationNoSpecialRights() throws SQLException {
        String special = "rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls";
        assertThat(ask(application, "SELECT " + special + " FROM pg_roles WHERE rolname = current_user"))
                .containsExactly("f");
    }

    @Test
    void keepsPasswordsFromOtherUsers() throws IOException {
        for (String file : List.of("postgresql-keneya.password", "postgresql-postgres.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void ordersTextTheSameOnEverySystem() throws SQLException {
        assertThat(ask(
                        application,
                        "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'keneya'"))
                .containsExactly("bC.UTF-8");
        assertThat(ask(application, "SELECT upper('kènèya')")).containsExactly("KÈNÈYA");
    }
}
