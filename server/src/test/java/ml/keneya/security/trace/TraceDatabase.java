package ml.keneya.security.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Postgres;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of one test with nothing but the tables of the trace, which the test may spoil. */
final class TraceDatabase {

    private static final Duration NEVER = Duration.ofDays(1);

    private final DataSource source;
    private final JdbcClient jdbc;

    private TraceDatabase(DataSource source) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    static TraceDatabase fresh() {
        PostgresqlConnection connection = Postgres.migrated("trace", TraceDatabase::migrate);
        return new TraceDatabase(at(connection));
    }

    private static void migrate(PostgresqlConnection connection) {
        JdbcClient.create(at(connection)).sql("create schema keneya").update();
        try {
            for (String migration : List.of("V55__add_trace.sql", "V58__trace_decisions.sql")) {
                new JdbcTemplate(at(connection))
                        .execute(new ClassPathResource("db/migration/" + migration)
                                .getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static DataSource at(PostgresqlConnection connection) {
        return new DriverManagerDataSource(connection.url(), connection.username(), connection.password());
    }

    DataSource source() {
        return source;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    TraceChain chain() {
        return new TraceChain(
                new TraceRows(source),
                new TransactionTemplate(new JdbcTransactionManager(source)),
                TransactionOperations.withoutTransaction(),
                Clock.systemUTC(),
                NEVER);
    }

    /** A closed chain of this many accesses. */
    void keeps(int accesses) {
        TraceChain chain = chain();
        chain.append(IntStream.rangeClosed(1, accesses)
                .mapToObj(number -> reading("patient-" + number))
                .toList());
        chain.close();
    }

    ChainCheck.Verdict verdict(ChainHead... noted) {
        return new VerifiesTrace(source).verify(List.of(noted));
    }

    ChainHead end() {
        return jdbc.sql(
                        "select chain, position, encode(hash, 'hex') from keneya.trace order by chain desc, position desc limit 1")
                .query((row, number) -> new ChainHead(row.getInt(1), row.getLong(2), row.getString(3)))
                .single();
    }

    /** Does what only the owner of the tables can, and every superuser: puts the triggers to sleep. */
    void spoil(String... statements) {
        for (String table : List.of("trace", "trace_anchor")) {
            jdbc.sql("alter table keneya." + table + " disable trigger user").update();
        }
        for (String statement : statements) {
            jdbc.sql(statement).update();
        }
    }

    static TraceEvent reading(String patient) {
        return reading(patient, "role-and-scope");
    }

    /** @param decision absent as in the rows from before decisions were kept */
    static TraceEvent reading(String patient, @Nullable String decision) {
        return new TraceEvent(
                Instant.parse("2026-11-28T10:00:00Z"),
                "request-of-" + patient,
                new TraceEvent.Who("emr", "cscom-1", "SITE", "TREAT", "127.0.0.1"),
                new TraceEvent.What("read", "Patient", patient, List.of(patient), null),
                new TraceEvent.Result(200, null, 1, decision));
    }
}
