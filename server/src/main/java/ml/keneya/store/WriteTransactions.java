package ml.keneya.store;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Opens the one database transaction of a write (decision 18). HAPI's own writes join it, and so do JdbcClient's.
 *
 * <p>A conflict with another write is tried again from the start, so the work must begin from a fresh copy of what was
 * sent: a failed try leaves server ids and rewritten references behind in it.
 */
@Component
public class WriteTransactions {

    /** What HAPI says of a version that is no longer the current one, on update, patch and delete. */
    private static final Pattern STALE = Pattern.compile("HAPI-0(989|974|961)");

    private final IHapiTransactionService transactions;
    private final CurrentVersions versions;

    WriteTransactions(IHapiTransactionService transactions, CurrentVersions versions) {
        this.transactions = transactions;
        this.versions = versions;
    }

    public <T> T execute(RequestDetails request, Supplier<T> work) {
        return execute(request, List.of(), work);
    }

    /** @param expected versions that must be current; their records are locked until the transaction ends */
    public <T> T execute(RequestDetails request, List<ExpectedVersion> expected, Supplier<T> work) {
        return transactions.withRequest(request).execute(() -> {
            expected.forEach(this::lock);
            return refusingStaleVersions(work);
        });
    }

    private void lock(ExpectedVersion expected) {
        if (!expected.condition().isMetBy(versions.locked(expected.record()))) {
            throw new RefusedException(Refusal.of(RefusalCode.STALE_VERSION).at(expected.place()));
        }
    }

    /** HAPI takes a stale version for a conflict that another try may solve, and would sleep through all of them. */
    private static <T> T refusingStaleVersions(Supplier<T> work) {
        try {
            return work.get();
        } catch (ResourceVersionConflictException conflict) {
            if (STALE.matcher(String.valueOf(conflict.getMessage())).find()) {
                throw new RefusedException(Refusal.of(RefusalCode.STALE_VERSION));
            }
            throw conflict;
        }
    }
}
