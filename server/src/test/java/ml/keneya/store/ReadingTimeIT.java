package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.dao.tx.HapiTransactionService;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import ml.keneya.fhir.RefusedException;
import ml.keneya.test.Demand;
import ml.keneya.test.Exchange;
import ml.keneya.test.ExemptFrom;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** S3: how long the database works for one who searches. */
@KeneyaIntegrationTest
class ReadingTimeIT {

    @Autowired
    Exchange exchange;

    @Autowired
    DataSource source;

    @Autowired
    JdbcClient database;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Test
    @ExemptFrom(value = Demand.IN_TIME, because = "The database is given its ten seconds.")
    @ExemptFrom(value = Demand.NO_FAULT, because = "S3 demands 503 of a search that takes too long.")
    @DisplayName("S3: a search that the database does not finish in time is given up with 503 and says what to do")
    void s3_givesUpASearchThatTakesTooLong() throws SQLException {
        // Nobody writes quantities; whoever looks for one waits for us.
        try (Connection other = source.getConnection()) {
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("LOCK TABLE hfj_spidx_quantity, hfj_spidx_quantity_nrml IN ACCESS EXCLUSIVE MODE");
                exchange.get("SearchParameter?context-quantity=5")
                        .isRefused(503, "ML-LIMITS-011")
                        .says("$export");
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
        exchange.get("SearchParameter?context-quantity=5").hasStatus(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = RestOperationTypeEnum.class,
            names = {"SEARCH_TYPE", "GET_PAGE", "HISTORY_TYPE"})
    @DisplayName("S3: searches, pages and histories have a limit")
    void s3_limitsSearches(RestOperationTypeEnum kind) {
        assertThatThrownBy(() -> sleepAs(kind)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = RestOperationTypeEnum.class,
            names = {"TRANSACTION", "CREATE", "UPDATE", "EXTENDED_OPERATION_SERVER"})
    @DisplayName("Writes and exports have none, not even on a connection that searched before")
    void leavesWritesTheirTime(RestOperationTypeEnum kind) {
        assertThatThrownBy(() -> sleepAs(RestOperationTypeEnum.SEARCH_TYPE)).isInstanceOf(RefusedException.class);

        assertThat(sleepAs(kind)).isEqualTo("0");
    }

    /** Half a second of the database where a tenth is allowed; what the limit was, of who was let. */
    private String sleepAs(RestOperationTypeEnum kind) {
        LimitsReadingTime transactions = new LimitsReadingTime(database, new ReadingSettings(Duration.ofMillis(100)));
        beans.autowireBean(transactions);
        SystemRequestDetails request = new SystemRequestDetails();
        request.setRestOperationType(kind);
        HapiTransactionService service = transactions;
        return service.withRequest(request)
                .execute(() -> database.sql("SELECT current_setting('statement_timeout') FROM pg_sleep(0.5)")
                        .query(String.class)
                        .single());
    }
}
