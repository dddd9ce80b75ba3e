package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Postgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class GivenDatabaseTest {

    /** Before the output is looked at. */
    @BeforeAll
    static void startDatabase() {
        assertThat(Postgres.url()).isNotEmpty();
    }

    @Test
    void worksWithAPasswordFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), Postgres.password() + "\n");

        try (ConfigurableApplicationContext context =
                DatabaseOnly.start(url(Postgres.url()), "--keneya.database.password-file=" + file)) {
            assertThat(ask(context.getBean(DataSource.class), "SELECT current_user"))
                    .isEqualTo("keneya");
        }
    }

    @Test
    void migratesAsTheOwnerAndWorksAsTheOther() {
        try (ConfigurableApplicationContext context = DatabaseOnly.start(
                url(Postgres.url()),
                password(Postgres.password()),
                "--keneya.database.owner-username=" + Postgres.administrator().username(),
                "--keneya.database.owner-password=" + Postgres.administrator().password())) {
            assertThat(ask(migration(context), "SELECT current_user"))
                    .isEqualTo(Postgres.administrator().username());
            assertThat(ask(context.getBean(DataSource.class), "SELECT current_user"))
                    .isEqualTo("keneya");
        }
    }

    @Test
    void keepsOutOfTheSchemaThatBearsTheNameOfTheRole() {
        PostgresqlConnection fresh = Postgres.fresh();
        try (ConfigurableApplicationContext context =
                DatabaseOnly.start(url(fresh.url()), password(fresh.password()))) {
            DataSource database = context.getBean(DataSource.class);
            JdbcClient.create(database).sql("CREATE SCHEMA keneya").update();

            assertThat(ask(database, "SELECT current_schema")).isEqualTo("public");
            assertThat(ask(migration(context), "SELECT current_schema")).isEqualTo("public");
        }
    }

    @Test
    void saysThatThePasswordIsWrong(CapturedOutput output) {
        assertThatThrownBy(() -> DatabaseOnly.start(url(Postgres.url()), password("wrong")));

        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("refuse l'utilisateur « keneya » : nom ou mot de passe faux")
                        .contains("refuses user \"keneya\": wrong name or password"));
    }

    @Test
    void saysThatTheDatabaseDoesNotExist(CapturedOutput output) {
        String url = Postgres.url().replaceAll("/keneya(\\?|$)", "/nowhere$1");

        assertThatThrownBy(() -> DatabaseOnly.start(url(url), password(Postgres.password())));

        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("/nowhere n'existe pas sur ce serveur")
                        .contains("/nowhere does not exist on that server"));
    }

    @Test
    void saysThatNobodyAnswers(CapturedOutput output) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + closedPort() + "/keneya?password=secret";

        assertThatThrownBy(() -> DatabaseOnly.start(url(url)));

        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("est injoignable")
                        .contains("cannot be reached")
                        .doesNotContain("secret"));
    }

    @Test
    void refusesAnotherEngine(CapturedOutput output) {
        assertThatThrownBy(() -> DatabaseOnly.start(url("jdbc:h2:mem:keneya")));

        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("doit commencer par jdbc:postgresql://")
                        .contains("must start with jdbc:postgresql://"));
    }

    private static DataSource migration(ConfigurableApplicationContext context) {
        return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), DataSource.class, "migration");
    }

    private static String url(String url) {
        return "--keneya.database.url=" + url;
    }

    private static String password(String password) {
        return "--keneya.database.password=" + password;
    }

    private static String ask(DataSource database, String question) {
        return JdbcClient.create(database).sql(question).query(String.class).single();
    }

    /** Everything but the announcement of the start, which is not about the failure. */
    private static List<String> lines(CapturedOutput output) {
        return output.getAll().lines().filter(line -> !line.contains(" INFO ")).toList();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
