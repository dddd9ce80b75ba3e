package ml.keneya.intake;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.UnreadableEntries;
import ml.keneya.intake.Delivery.Delivered;
import ml.keneya.intake.ReceiptLedger.AcceptedEntry;
import ml.keneya.validation.Verdict;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.springframework.stereotype.Component;

/**
 * A bundle of type batch: every entry stands alone, with a transaction and a receipt of its own, so that one bad record
 * does not hold up a day's work. Sent again, it finishes what was not accepted.
 */
@Component
class BatchDelivery {

    private final EntryValidation validation;
    private final Delivery delivery;
    private final ReceiptLedger ledger;
    private final ReadEntries reads;
    private final RefusesDanglingReferences references;

    // Five collaborators: what an entry goes through, in this order, and the receipts that tell what went through
    // before.
    BatchDelivery(
            EntryValidation validation,
            RefusesDanglingReferences references,
            Delivery delivery,
            ReceiptLedger ledger,
            ReadEntries reads) {
        this.validation = validation;
        this.references = references;
        this.delivery = delivery;
        this.ledger = ledger;
        this.reads = reads;
    }

    Bundle deliver(Bundle bundle, Submission submission, ServletRequestDetails request) {
        // Before any reference is replaced by an address.
        People people = validation.peopleOf(bundle, Caller.of(request));
        List<BundleEntryComponent> entries = bundle.getEntry();
        BundleEntryComponent[] answers = new BundleEntryComponent[entries.size()];
        BatchReferences pointers = new BatchReferences(entries);
        List<Integer> order = pointers.order();
        List<AcceptedEntry> accepted = submission.isNamedBySender() ? ledger.entriesOf(submission) : List.of();
        EntryNames names = new EntryNames(submission, entries, accepted, request.getFhirContext());
        names.recognise(order, pointers);
        int writes = 0;
        int again = 0;
        for (int index : order) {
            BundleEntryComponent entry = entries.get(index);
            if (!ReadEntries.isRead(entry)) {
                // Before its content is named: placeholders may be new with every try, addresses are not.
                pointers.resolve(entry);
                Answered answered = write(entry, index, names.of(index), pointers, people, request);
                answers[index] = answered.entry();
                pointers.note(entry, answers[index]);
                writes++;
                again += answered.again() ? 1 : 0;
            }
        }
        if (writes > 0 && again == writes) {
            EarlierAnswers.sayThatItIsOne(request);
        }
        for (int index = 0; index < answers.length; index++) {
            if (ReadEntries.isRead(entries.get(index))) {
                answers[index] = reads.answer(entries.get(index), request);
            }
        }
        return (Bundle) new Bundle().setType(BundleType.BATCHRESPONSE).setEntry(List.of(answers));
    }

    private Answered write(
            BundleEntryComponent entry,
            int index,
            Submission submission,
            BatchReferences pointers,
            People people,
            ServletRequestDetails request) {
        try {
            Delivered delivered = delivery.unlessAccepted(
                    submission, List.of(entry), request, () -> carryOut(entry, index, submission, people, request));
            return new Answered(delivered.answer().getEntryFirstRep(), delivered.again());
        } catch (TimeBudget.Spent spent) {
            throw spent;
        } catch (RefusedException refused) {
            if (refused.refusals().get(0).code() == RefusalCode.ANSWER_FORGOTTEN) {
                // It is stored all the same, and others may point to it.
                ledger.locationOf(submission).ifPresent(location -> pointers.note(entry, location));
            }
            return new Answered(refusal(refused, pointers, request), false);
        } catch (RuntimeException failure) {
            return new Answered(reads.refusal(failure, request), false);
        }
    }

    /**
     * What points only to entries that failed for the moment fails for the moment too: its sender did nothing wrong.
     */
    private BundleEntryComponent refusal(
            RefusedException refused, BatchReferences pointers, ServletRequestDetails request) {
        List<Refusal> lasting = refused.refusals().stream()
                .filter(refusal -> pointers.failureBehind(refusal).isEmpty())
                .toList();
        if (lasting.isEmpty()) {
            return pointers.failureBehind(refused.refusals().get(0))
                    .orElseThrow()
                    .copy();
        }
        return reads.refusal(new RefusedException(lasting, List.of()), request);
    }

    private Delivered carryOut(
            BundleEntryComponent entry,
            int index,
            Submission submission,
            People people,
            ServletRequestDetails request) {
        UnreadableEntries.refuse(index, request);
        Verdict verdict = validation.check(entry, index, people);
        verdict.throwIfRefused(Language.accepted(request.getHeader("Accept-Language")));
        references.check(entry, index, request);
        Bundle alone = new Bundle().setType(BundleType.TRANSACTION);
        alone.addEntry(entry.copy());
        return delivery.carryOut(
                new Writes(alone, List.of(verdict), ExpectedVersions.of(entry, index)), submission, request);
    }

    /**
     * What became of an entry.
     *
     * @param again whether this is the answer of an earlier try
     */
    private record Answered(BundleEntryComponent entry, boolean again) {}
}
