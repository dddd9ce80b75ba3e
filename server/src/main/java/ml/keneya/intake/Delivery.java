package ml.keneya.intake;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.WriteTransactions;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.springframework.stereotype.Component;

/** Carries out the writes of one delivery in one database transaction, or finds that this was done before. */
@Component
class Delivery {

    private static final long BETWEEN_LOOKS_MILLISECONDS = 200;

    private final WriteTransactions transactions;
    private final EarlierAnswers earlier;
    private final RememberedEntries remembered;
    private final Acceptance acceptance;
    private final IntakeSettings settings;

    Delivery(
            WriteTransactions transactions,
            EarlierAnswers earlier,
            RememberedEntries remembered,
            Acceptance acceptance,
            IntakeSettings settings) {
        this.transactions = transactions;
        this.earlier = earlier;
        this.remembered = remembered;
        this.acceptance = acceptance;
        this.settings = settings;
    }

    /**
     * Does the work of a delivery, unless it was accepted meanwhile: what refuses it may then be its own first try,
     * which moved a version or deleted a target after this one had begun.
     */
    Delivered unlessAccepted(
            Submission submission,
            List<BundleEntryComponent> writes,
            ServletRequestDetails request,
            Supplier<Delivered> work) {
        Optional<Delivered> before = acceptedBefore(submission, writes, request);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return work.get();
        } catch (BaseServerResponseException refused) {
            return acceptedBefore(submission, writes, request).orElseThrow(() -> refused);
        }
    }

    private Optional<Delivered> acceptedBefore(
            Submission submission, List<BundleEntryComponent> writes, ServletRequestDetails request) {
        return earlier.of(submission, writes, request).map(answer -> new Delivered(answer, true));
    }

    Delivered carryOut(Writes writes, Submission submission, ServletRequestDetails request) {
        Map<Integer, BundleEntryComponent> done = remembered.in(writes.bundle(), submission);
        try {
            return carryOut(writes.knowing(done), submission, request, System.nanoTime());
        } catch (RefusedException refused) {
            // The first try of an entry may have committed in another bundle while this one waited for its record.
            Map<Integer, BundleEntryComponent> meanwhile = remembered.in(writes.bundle(), submission);
            if (refused.refusals().get(0).code() != RefusalCode.STALE_VERSION || meanwhile.size() <= done.size()) {
                throw refused;
            }
            return carryOut(writes.knowing(meanwhile), submission, request, System.nanoTime());
        }
    }

    private Delivered carryOut(Writes writes, Submission submission, ServletRequestDetails request, long since) {
        TimeBudget budget = TimeBudget.of(request);
        while (true) {
            Optional<Delivered> answer = transactions
                    .execute(
                            request,
                            writes.expected(),
                            () -> {
                                budget.check();
                                return acceptance.begin(writes, submission);
                            },
                            copy -> new Delivered(acceptance.accept(writes, copy, submission, request), false))
                    .or(() -> acceptedBefore(submission, writes.bundle().getEntry(), request));
            if (answer.isPresent()) {
                return answer.get();
            }
            // Another server is carrying out the same delivery; it is waited for without a connection.
            if (System.nanoTime() - since > settings.patience().toNanos()) {
                throw new RefusedException(Refusal.of(RefusalCode.STILL_RUNNING));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.of(RefusalCode.BUSY));
        }
    }

    /**
     * What came of a delivery.
     *
     * @param again whether it was accepted before and this is the answer of that time
     */
    record Delivered(Bundle answer, boolean again) {}
}
