package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Optional;
import ml.keneya.fhir.Language;
import ml.keneya.validation.Verdict;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes the records of a delivery together with its receipt, in the transaction that is open (decision 18). */
@Component
class Acceptance {

    private final FhirContext context;
    private final IFhirSystemDao<Bundle, Meta> systemDao;
    private final ReceiptLedger ledger;
    private final RememberedEntries remembered;
    private final ApplicationEventPublisher events;

    // Five collaborators: records, receipt, remembered entries, event and the answer's encoding belong to one promise
    // and must not be torn apart.
    Acceptance(
            FhirContext context,
            IFhirSystemDao<Bundle, Meta> systemDao,
            ReceiptLedger ledger,
            RememberedEntries remembered,
            ApplicationEventPublisher events) {
        this.context = context;
        this.systemDao = systemDao;
        this.ledger = ledger;
        this.remembered = remembered;
        this.events = events;
    }

    /** A copy of the entries to write; nothing when another try has the key. */
    Optional<Bundle> begin(Writes writes, Submission submission) {
        return ledger.open(submission) ? Optional.of(writes.freshCopy()) : Optional.empty();
    }

    /** @param copy of the open entries, which storing changes */
    Bundle accept(Writes writes, Bundle copy, Submission submission, ServletRequestDetails request) {
        Bundle response = copy.hasEntry() ? systemDao.transactionNested(request, copy) : new Bundle();
        response.setType(BundleType.TRANSACTIONRESPONSE);
        finish(response, writes, Language.accepted(request.getHeader("Accept-Language")));
        List<Integer> open = writes.open();
        for (int index = 0; index < open.size(); index++) {
            remembered.remember(
                    writes.bundle().getEntry().get(open.get(index)),
                    response.getEntry().get(index),
                    submission);
        }
        response.setEntry(writes.inOrder(response.getEntry()));
        int records = writes.bundle().getEntry().size();
        String answer = context.newJsonParser().encodeResourceToString(response);
        ledger.close(submission, records, writes.sources(), answer, Arrival.keptAs(request));
        events.publishEvent(new BundleAccepted(submission.client(), submission.facility(), submission.key(), records));
        return response;
    }

    /**
     * An entry that succeeded carries an outcome only when there is something to say (the Android FHIR SDK insists).
     */
    private static void finish(Bundle response, Writes writes, Language language) {
        List<Integer> open = writes.open();
        for (int index = 0; index < open.size(); index++) {
            BundleEntryResponseComponent entry = response.getEntry().get(index).getResponse();
            // HAPI leaves out what makes it an entity tag of HTTP; clients send it back as If-Match.
            if (entry.hasEtag() && !entry.getEtag().startsWith("W/")) {
                entry.setEtag("W/\"" + entry.getEtag() + "\"");
            }
            entry.setOutcome(null);
            Verdict verdict = writes.verdicts().get(open.get(index));
            OperationOutcome outcome = new OperationOutcome();
            verdict.remarks(language).forEach(outcome::addIssue);
            if (outcome.hasIssue()) {
                entry.setOutcome(outcome);
            }
        }
    }
}
