package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import ml.keneya.test.Postgres;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.yaml.snakeyaml.Yaml;

class DeploymentFilesTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""), "..");
    private static final String COMPOSE = read("docker-compose.yml");

    @Test
    void runsTheVersionOfPostgresqlThatTheTestsRunOn() {
        DriverManagerDataSource source =
                new DriverManagerDataSource(Postgres.url(), Postgres.username(), Postgres.password());
        String version = JdbcClient.create(source)
                .sql("SHOW server_version")
                .query(String.class)
                .single();

        assertThat(service("postgresql")).containsEntry("image", "postgres:" + version.replaceAll("\\..*", ""));
    }

    @Test
    void hasNoPasswordOfItsOwn() {
        Pattern password = Pattern.compile("PASSWORD: (.*)");

        assertThat(password.matcher(COMPOSE).results().map(match -> match.group(1)))
                .hasSize(5)
                .allMatch(value -> value.matches("\\$\\{KENEYA_[A-Z_]+:\\?[^}]+}"));
    }

    @Test
    void asksForADatabaseThatLosesNothing() {
        assertThat(service("postgresql").get("command"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("fsync=on", "full_page_writes=on", "synchronous_commit=on");
    }

    @Test
    void isReachedFromItsOwnMachineOnly() {
        assertThat(service("server").get("ports")).isEqualTo(List.of("127.0.0.1:${KENEYA_PORT:-8080}:8080"));
        assertThat(service("postgresql")).doesNotContainKey("ports");
    }

    @Test
    void createsTheRolesThatTheServerUses() {
        String roles = read("docs/operations/database-roles.sql");

        assertThat(environment("server"))
                .containsEntry("KENEYA_DATABASE_USERNAME", "keneya")
                .containsEntry("KENEYA_DATABASE_OWNER_USERNAME", "keneya_owner");
        assertThat(roles).contains("CREATE ROLE keneya LOGIN", "CREATE ROLE keneya_owner LOGIN");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> service(String name) {
        Map<String, Map<String, Object>> file = new Yaml().load(COMPOSE);
        return (Map<String, Object>) file.get("services").get(name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(String service) {
        return (Map<String, Object>) service(service).get("environment");
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
