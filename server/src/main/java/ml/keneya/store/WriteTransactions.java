package ml.keneya.store;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Opens the one database transaction of a write (decision 18). HAPI's own writes join it, and so do JdbcClient's.
 *
 * <p>A conflict with another write is tried again from the start, so the work must begin from a fresh copy of what was
 * sent: a failed try leaves server ids and rewritten references behind in it.
 */
@Component
public class WriteTransactions {

    private final IHapiTransactionService transactions;

    WriteTransactions(IHapiTransactionService transactions) {
        this.transactions = transactions;
    }

    public <T> T execute(RequestDetails request, Supplier<T> work) {
        return transactions.withRequest(request).execute(work::get);
    }
}
