package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.HandSetClock;
import ml.keneya.test.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class DurabilityHealthIndicatorTest {

    private final HandSetClock clock = new HandSetClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(Postgres.url(), Postgres.username(), Postgres.password());
    private final DurabilityHealthIndicator indicator = new DurabilityHealthIndicator(JdbcClient.create(source), clock);

    @Test
    void isUpOnADatabaseThatLosesNothing() {
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhenACommitIsAnsweredBeforeItIsOnTheDisk(CapturedOutput output) {
        loseCommits();

        Health health = indicator.health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("problems", List.of("synchronous_commit = off"));
        assertThat(output).contains("the database may lose what was acknowledged: [synchronous_commit = off]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes"})
    void isDownWhenAPowerCutMayDamageWhatIsOnTheDisk(String setting, @TempDir Path folder) throws SQLException {
        try (PostgresqlCluster own = PostgresqlCluster.start(folder, Postgres.binaries());
                Connection administrator = own.administrator().open();
                Statement statement = administrator.createStatement()) {
            statement.execute("alter system set " + setting + " = off");
            statement.execute("select pg_reload_conf()");
            PostgresqlConnection application = own.application();
            source.setUrl(application.url());
            source.setUsername(application.username());
            source.setPassword(application.password());

            // Each process of PostgreSQL reads its settings anew in a moment.
            await().untilAsserted(() -> {
                clock.moves(Duration.ofSeconds(11));
                assertThat(indicator.health().getDetails()).containsEntry("problems", List.of(setting + " = off"));
            });
            assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void looksAgainAfterAWhileAndNotAtEveryProbe() {
        indicator.health();
        loseCommits();

        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        clock.moves(Duration.ofSeconds(11));
        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhenTheDatabaseIsGone() {
        source.setUrl("jdbc:postgresql://127.0.0.1:1/keneya");

        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }

    private void loseCommits() {
        source.setUrl(
                Postgres.url() + (Postgres.url().contains("?") ? "&" : "?") + "options=-c%20synchronous_commit=off");
    }
}
