package ml.keneya.intake;

import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import ml.keneya.KeneyaApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The exchange with the very mistake that the receipt in the transaction rules out: it commits the receipt on its own,
 * a moment before the records. Exists to show that the kill test notices.
 */
public final class FlawedServer {

    private FlawedServer() {}

    public static void main(String[] arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        new SpringApplication(KeneyaApplication.class, Flaw.class).run(arguments);
    }

    /** Not a configuration by annotation, so that only who names it gets it. */
    static class Flaw {

        @Bean
        @Primary
        ReceiptLedger receiptsOutsideTheTransaction(JdbcClient jdbc, DataSource pool) {
            return new ReceiptsOutside(jdbc, pool);
        }
    }

    private static final class ReceiptsOutside extends ReceiptLedger {

        private static final long WINDOW_MILLISECONDS = 300;

        private final JdbcClient inside;
        private final JdbcClient outside;

        ReceiptsOutside(JdbcClient jdbc, DataSource pool) {
            super(jdbc);
            inside = jdbc;
            outside = JdbcClient.create(withoutTransaction(pool));
        }

        @Override
        boolean open(Submission submission) {
            return find(submission).isEmpty();
        }

        @Override
        void close(
                Submission submission, int records, List<String> sources, String answer, @Nullable UUID deliveredAs) {
            outside.sql("""
                            insert into keneya.receipt (client, facility, key, entry, digest, records, answer)
                            values (:client, :facility, :key, :entry, :digest, :records, :answer)
                            """)
                    .param("client", submission.client())
                    .param("facility", submission.facility())
                    .param("key", submission.key())
                    .param("entry", submission.entry())
                    .param("digest", submission.digest())
                    .param("records", records)
                    .param("answer", answer)
                    .update();
            try {
                TimeUnit.MILLISECONDS.sleep(WINDOW_MILLISECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            inside.sql("select 1").query(Integer.class).single();
        }

        private static DataSource withoutTransaction(DataSource pool) {
            try {
                com.zaxxer.hikari.HikariDataSource hikari = pool.unwrap(com.zaxxer.hikari.HikariDataSource.class);
                return new SimpleDriverDataSource(
                        new org.postgresql.Driver(), hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword());
            } catch (java.sql.SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
