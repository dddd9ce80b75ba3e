package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseConfigurationTest {

    private static final AtomicReference<String> LAST_WORD = new AtomicReference<>();

    @TempDir
    static Path folder;

    @Test
    void runsItsOwnDatabaseUntilNobodyNeedsItAnyMore(CapturedOutput output) {
        try (ConfigurableApplicationContext context = DatabaseOnly.start(AsksLast.class, data())) {
            assertThat(context.getBeansOfType(HealthContributor.class))
                    .containsOnlyKeys("dbHealthIndicator", "durabilityHealthIndicator");
            assertThat(folder.resolve("postgresql/postmaster.pid")).exists();
            assertThat(LAST_WORD).hasValue(null);
        }

        assertThat(LAST_WORD).hasValue("keneya");
        assertThat(folder.resolve("postgresql/postmaster.pid")).doesNotExist();
        assertThat(output).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @Test
    void saysInOneLineThatTheFolderIsInUse(CapturedOutput output) {
        try (ConfigurableApplicationContext first = DatabaseOnly.start(data())) {
            assertThat(first.getBeanNamesForType(DataSource.class)).contains("dataSource");
            assertThatThrownBy(() -> DatabaseOnly.start(data()));
        }

        List<String> complaints =
                output.getAll().lines().filter(line -> !line.contains(" INFO ")).toList();
        assertThat(complaints)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("est déjà utilisé par le processus")
                        .contains("is already in use by process"));
    }

    private String data() {
        return "--keneya.data=" + folder;
    }

    /** Stands for everything that still writes while the exchange stops. */
    static class AsksLast {

        private final JdbcClient database;

        AsksLast(JdbcClient database) {
            this.database = database;
        }

        @PreDestroy
        void ask() {
            LAST_WORD.set(database.sql("SELECT current_database()")
                    .query(String.class)
                    .single());
        }
    }
}
