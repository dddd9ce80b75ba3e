package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.intake.ReceiptLedger.Receipt;
import ml.keneya.store.ExpectedVersion;
import ml.keneya.store.WriteTransactions;
import ml.keneya.validation.Verdict;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Carries out the writes of one delivery in one database transaction together with their receipt (decision 18), or
 * finds that this was done before.
 */
@Component
class Delivery {

    private final FhirContext context;
    private final IFhirSystemDao<Bundle, Meta> systemDao;
    private final WriteTransactions transactions;
    private final ReceiptLedger ledger;
    private final ApplicationEventPublisher events;

    // Five collaborators: the transaction, what is written in it (records, receipt, event) and the answer's encoding
    // belong to one promise and must not be torn apart.
    Delivery(
            FhirContext context,
            IFhirSystemDao<Bundle, Meta> systemDao,
            WriteTransactions transactions,
            ReceiptLedger ledger,
            ApplicationEventPublisher events) {
        this.context = context;
        this.systemDao = systemDao;
        this.transactions = transactions;
        this.ledger = ledger;
        this.events = events;
    }

    /** The answer that this delivery got when it was accepted before. */
    Optional<Bundle> answerOf(Submission submission, ServletRequestDetails request) {
        Optional<Receipt> receipt = ledger.find(submission);
        if (receipt.isEmpty()) {
            return Optional.empty();
        }
        if (!receipt.get().digest().equals(submission.digest())) {
            throw new RefusedException(Refusal.of(RefusalCode.KEY_REUSED, submission.key()));
        }
        request.getServletResponse().setHeader("Keneya-Replayed", "true");
        return Optional.of(context.newJsonParser()
                .parseResource(Bundle.class, receipt.get().answer()));
    }

    /**
     * Does the work of a delivery, unless it was accepted meanwhile: what refuses it may then be its own first try,
     * which moved a version or deleted a target after this one had begun.
     */
    Bundle unlessAccepted(Submission submission, ServletRequestDetails request, Supplier<Bundle> work) {
        Optional<Bundle> before = answerOf(submission, request);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return work.get();
        } catch (BaseServerResponseException refused) {
            return answerOf(submission, request).orElseThrow(() -> refused);
        }
    }

    /**
     * @param writes entries that write, and no others
     * @param verdicts what validation said of each of them
     * @param expected versions that the entries expect
     */
    Bundle carryOut(
            Bundle writes,
            List<Verdict> verdicts,
            List<ExpectedVersion> expected,
            Submission submission,
            ServletRequestDetails request) {
        Optional<Bundle> answer = transactions.execute(request, expected, () -> {
            if (!ledger.open(submission)) {
                return Optional.empty();
            }
            Bundle response = systemDao.transactionNested(request, EntryValidation.freshCopy(writes));
            finish(response, verdicts, Language.accepted(request.getHeader("Accept-Language")));
            int records = writes.getEntry().size();
            ledger.close(submission, records, context.newJsonParser().encodeResourceToString(response));
            events.publishEvent(
                    new BundleAccepted(submission.client(), submission.facility(), submission.key(), records));
            return Optional.of(response);
        });
        return answer.or(() -> answerOf(submission, request)).orElseThrow();
    }

    /**
     * An entry that succeeded carries an outcome only when there is something to say (the Android FHIR SDK insists).
     */
    private static void finish(Bundle response, List<Verdict> verdicts, Language language) {
        for (int index = 0; index < response.getEntry().size(); index++) {
            BundleEntryResponseComponent entry = response.getEntry().get(index).getResponse();
            // HAPI leaves out what makes it an entity tag of HTTP; clients send it back as If-Match.
            if (entry.hasEtag() && !entry.getEtag().startsWith("W/")) {
                entry.setEtag("W/\"" + entry.getEtag() + "\"");
            }
            entry.setOutcome(null);
            OperationOutcome outcome = new OperationOutcome();
            verdicts.get(index).remarks(language).forEach(outcome::addIssue);
            if (outcome.hasIssue()) {
                entry.setOutcome(outcome);
            }
        }
    }
}
