package ml.keneya.surveillance;

import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what the report of a week has said: whenever it is asked for, its figures are compared with those of the last
 * version, and another version is kept when they differ. It is one chain a week for the whole country, of the finest
 * figures, so that what any place's report said before can be summed.
 */
@Component
class KeepsVersions {

    private static final int ATTEMPTS = 10;

    private final JdbcClient jdbc;
    private final CountsFigures counts;
    private final TransactionTemplate snapshot;

    KeepsVersions(JdbcClient jdbc, CountsFigures counts, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Makes a report in the very snapshot of which the version is kept: nothing is told that no version holds.
     *
     * @param report made of the number of the version, which counts from 1; may be called again
     */
    <T> T keep(EpidemiologicalWeek week, IntFunction<T> report) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.ofNullable(snapshot.execute(status -> {
                            jdbc.sql("set transaction isolation level repeatable read")
                                    .update();
                            return report.apply(version(week));
                        }))
                        .orElseThrow();
            } catch (DuplicateKeyException | ConcurrencyFailureException another) {
                // Somebody else asked at the same time and has kept the same version.
                if (attempt == ATTEMPTS) {
                    throw another;
                }
            }
        }
    }

    private int version(EpidemiologicalWeek week) {
        jdbc.sql(Statements.read("lists/keep-version.sql"))
                .param("start", week.monday())
                .param("end", week.sunday())
                .update();
        return jdbc.sql("select max(version) from keneya.report_version where monday = :monday")
                .param("monday", week.monday())
                .query(Integer.class)
                .single();
    }

    /** In which places of a report there was a case of which disease, in any version of the week. */
    Figures told(Scope scope) {
        return counts.count(Statements.read("lists/told.sql"), scope);
    }
}
