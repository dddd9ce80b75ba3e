package ml.keneya.views.upkeep;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works as the role that owns the tables, which alone may make and drop them: Flyway's connections. What builds a table
 * never takes a connection away from the clinics.
 */
@Component
class OwnerDatabase {

    private final DataSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OwnerDatabase(Flyway flyway) {
        this.source = flyway.getConfiguration().getDataSource();
        this.jdbc = JdbcClient.create(source);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /** One transaction, all or nothing. */
    void change(Consumer<JdbcClient> work) {
        transactions.executeWithoutResult(status -> work.accept(jdbc));
    }

    /** One transaction, all or nothing. */
    <T> T changing(Function<JdbcClient, T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.apply(jdbc)));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    DataSource source() {
        return source;
    }
}
