package ml.keneya.store;

import ca.uhn.fhir.jpa.util.JpaHapiTransactionService;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * HAPI's transactions, of which those that search have so much time for each statement: PostgreSQL gives up what takes
 * longer, and who asked is told so. The limit ends with the transaction, so the connection carries it to nobody else.
 * What is read by its id needs none and is spared the round trip; what searches inside a write belongs to the write.
 */
@Component
class LimitsReadingTime extends JpaHapiTransactionService {

    private static final Set<RestOperationTypeEnum> SEARCHING = EnumSet.of(
            RestOperationTypeEnum.SEARCH_TYPE,
            RestOperationTypeEnum.SEARCH_SYSTEM,
            RestOperationTypeEnum.GET_PAGE,
            RestOperationTypeEnum.HISTORY_INSTANCE,
            RestOperationTypeEnum.HISTORY_TYPE,
            RestOperationTypeEnum.HISTORY_SYSTEM);

    private static final String EVERYTHING = "$everything";

    /** query_canceled: PostgreSQL's manual, appendix A. */
    private static final String GIVEN_UP = "57014";

    private final JdbcClient database;
    private final String milliseconds;

    LimitsReadingTime(JdbcClient database, ReadingSettings settings) {
        this.database = database;
        this.milliseconds = String.valueOf(settings.timeLimit().toMillis());
    }

    @Override
    protected IExecutionBuilder buildExecutionBuilder(@Nullable RequestDetails request) {
        return request != null && isSearch(request) ? new Search(request) : super.buildExecutionBuilder(request);
    }

    private static boolean isSearch(RequestDetails request) {
        return SEARCHING.contains(request.getRestOperationType()) || EVERYTHING.equals(request.getOperation());
    }

    private class Search extends ExecutionBuilder {

        Search(RequestDetails request) {
            super(request);
        }

        @Override
        public <T> @Nullable T execute(TransactionCallback<T> work) {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                return super.execute(work);
            }
            try {
                return super.execute((TransactionCallback<T>) transaction -> {
                    limitTime();
                    return work.doInTransaction(transaction);
                });
            } catch (RuntimeException failed) {
                if (ExceptionUtils.getThrowableList(failed).stream().anyMatch(LimitsReadingTime::isGivenUp)) {
                    throw new RefusedException(Refusal.of(RefusalCode.READING_TOO_LONG));
                }
                throw failed;
            }
        }
    }

    private void limitTime() {
        database.sql("SELECT set_config('statement_timeout', :milliseconds, true)")
                .param("milliseconds", milliseconds)
                .query(String.class)
                .single();
    }

    private static boolean isGivenUp(Throwable cause) {
        return cause instanceof SQLException refused && GIVEN_UP.equals(refused.getSQLState());
    }
}
