package ml.keneya.operations;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.jdbc.DataSourceHealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the database is: the one that is given, or the delivered one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final String URL = "keneya.database.url";

    /** Enough for a migrator that holds a lock on one connection and works on another. */
    private static final int MIGRATION_CONNECTIONS = 4;

    private static final long IDLE_MILLISECONDS = 10_000;

    /**
     * The role that owns the tables, for the migrations at start-up. A few connections at most, none when idle. Whoever
     * asks for a plain DataSource never gets this one.
     */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    @Qualifier("migration")
    DataSource migrationDataSource(@Qualifier("owner") PostgresqlConnection owner) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("migration");
        pool.setJdbcUrl(JdbcUrl.withOurParameters(owner.url()));
        pool.setUsername(owner.username());
        pool.setPassword(owner.password());
        pool.setMaximumPoolSize(MIGRATION_CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE_MILLISECONDS);
        return pool;
    }

    /** Takes the place of Boot's, which would keep a connection of the owner busy too. */
    @Bean
    HealthIndicator dbHealthIndicator(DataSource database) {
        return new DataSourceHealthIndicator(database);
    }

    @Bean
    HealthIndicator durabilityHealthIndicator(JdbcClient database) {
        return new DurabilityHealthIndicator(database, Clock.systemUTC());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(URL)
    static class Given {

        @Bean
        GivenDatabase givenDatabase(DatabaseSettings settings) {
            return new GivenDatabase(Objects.requireNonNull(settings.url()), settings);
        }

        @Bean
        JdbcConnectionDetails jdbcConnectionDetails(GivenDatabase database) {
            return new ConnectionDetails(database.application());
        }

        @Bean
        PostgresqlConnection owner(GivenDatabase database) {
            return database.owner();
        }
    }

    /** The pools depend on this cluster, so that Spring starts it before them and stops it after them. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(NoneGiven.class)
    static class Delivered {

        @Bean(destroyMethod = "close")
        PostgresqlCluster postgresqlCluster(DataFolderSettings settings) {
            return PostgresqlCluster.start(settings.data());
        }

        @Bean(initMethod = "begin", destroyMethod = "close")
        KeepsPostgresqlRunning keepsPostgresqlRunning(PostgresqlCluster cluster) {
            return new KeepsPostgresqlRunning(cluster);
        }

        @Bean
        JdbcConnectionDetails jdbcConnectionDetails(PostgresqlCluster cluster) {
            return new ConnectionDetails(cluster.application());
        }

        @Bean
        PostgresqlConnection owner(PostgresqlCluster cluster) {
            return cluster.application();
        }
    }

    static class NoneGiven extends NoneNestedConditions {

        NoneGiven() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(URL)
        static class GivenUrl {}
    }
}
