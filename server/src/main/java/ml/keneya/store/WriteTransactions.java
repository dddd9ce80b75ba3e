package ml.keneya.store;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/**
 * Opens the one database transaction of a write (decision 18). HAPI's own writes join it, and so do JdbcClient's.
 *
 * <p>A conflict with another write is tried again from the start, so the work must begin from a fresh copy of what was
 * sent: a failed try leaves server ids and rewritten references behind in it.
 */
@Component
public class WriteTransactions {

    /** Why the trace says that an access was allowed: from now on somebody is treated here too. */
    private static final String CLAIMED = "treatment-claimed";

    /** What HAPI says of a version that is no longer the current one, on update, patch and delete. */
    private static final Pattern STALE = Pattern.compile("HAPI-0(989|974|961)");

    private static final String STILL_REFERENCED = "HAPI-0515";

    private final IHapiTransactionService transactions;
    private final CurrentVersions versions;
    private final Flushing flushing;
    private final RecordLocks locks;
    private final KnownPeople people;

    // Five collaborators: each stands for one step of the same transaction.
    WriteTransactions(
            IHapiTransactionService transactions,
            Flushing flushing,
            CurrentVersions versions,
            RecordLocks locks,
            KnownPeople people) {
        this.flushing = flushing;
        this.transactions = transactions;
        this.versions = versions;
        this.locks = locks;
        this.people = people;
    }

    /**
     * @param expected versions that must be current; their records are locked until the transaction ends
     * @param freshCopy of the entries that are written, for one try; nothing when somebody else is writing them. It
     *     must not wait, because a connection is held from here on
     * @param work is given the copy when no other transaction writes the same, with known people named in it
     */
    public <T> Optional<T> execute(
            RequestDetails request,
            List<ExpectedVersion> expected,
            Supplier<Optional<Bundle>> freshCopy,
            Function<Bundle, T> work) {
        return transactions.withRequest(request).execute(() -> {
            flushing.onlyAtCommit();
            Optional<Bundle> writes = freshCopy.get();
            writes.ifPresent(copy -> {
                locks.take(copy);
                expected.forEach(this::lock);
                if (people.nameIn(copy, Caller.of(request))) {
                    AccessNotes.flag(request, CLAIMED);
                }
            });
            return writes.map(copy -> refusingLastingConflicts(() -> work.apply(copy)));
        });
    }

    private void lock(ExpectedVersion expected) {
        if (!expected.condition().isMetBy(versions.locked(expected.record()))) {
            throw new RefusedException(Refusal.of(RefusalCode.STALE_VERSION).at(expected.place()));
        }
    }

    /** HAPI takes these for conflicts that another try may solve, and would sleep through all of them. */
    private static <T> T refusingLastingConflicts(Supplier<T> work) {
        try {
            return work.get();
        } catch (ResourceVersionConflictException conflict) {
            String message = String.valueOf(conflict.getMessage());
            if (STALE.matcher(message).find()) {
                throw new RefusedException(Refusal.of(RefusalCode.STALE_VERSION));
            }
            if (message.contains(STILL_REFERENCED)) {
                throw new RefusedException(Refusal.of(RefusalCode.STILL_REFERENCED));
            }
            throw conflict;
        }
    }
}
