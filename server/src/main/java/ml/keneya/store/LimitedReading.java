package ml.keneya.store;

import java.time.Duration;
import javax.sql.DataSource;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * The database for those who look something up without HAPI: a statement that takes longer than one of a search may is
 * given up, and who asked is told so.
 */
@Component
public class LimitedReading {

    /** query_canceled: PostgreSQL's manual, appendix A. */
    private static final String GIVEN_UP = "57014";

    private final DataSource source;
    private final Duration limit;

    LimitedReading(DataSource source, ReadingSettings settings) {
        this.source = source;
        this.limit = settings.timeLimit();
    }

    /** @param refusal what is said to whose statement is given up, as a {@link RefusedException} */
    public JdbcClient refusingWith(RefusalCode refusal) {
        JdbcTemplate limited = new JdbcTemplate(source);
        // JDBC counts in whole seconds, and none would be no limit.
        limited.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
        SQLExceptionTranslator others = limited.getExceptionTranslator();
        limited.setExceptionTranslator((task, sql, failed) -> {
            if (GIVEN_UP.equals(failed.getSQLState())) {
                throw new RefusedException(Refusal.of(refusal));
            }
            return others.translate(task, sql, failed);
        });
        return JdbcClient.create(limited);
    }
}
