package ml.keneya.intake;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.UnreadableEntries;
import ml.keneya.validation.Verdict;
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
    private final ReadEntries reads;
    private final RefusesDanglingReferences references;

    BatchDelivery(
            EntryValidation validation, RefusesDanglingReferences references, Delivery delivery, ReadEntries reads) {
        this.validation = validation;
        this.references = references;
        this.delivery = delivery;
        this.reads = reads;
    }

    Bundle deliver(Bundle bundle, Submission submission, ServletRequestDetails request) {
        List<BundleEntryComponent> entries = bundle.getEntry();
        BundleEntryComponent[] answers = new BundleEntryComponent[entries.size()];
        Map<String, Integer> seen = new HashMap<>();
        BatchReferences pointers = new BatchReferences(entries);
        for (int index : pointers.order()) {
            BundleEntryComponent entry = entries.get(index);
            if (!ReadEntries.isRead(entry)) {
                // Before its content is named: placeholders may be new with every try, addresses are not.
                pointers.resolve(entry);
                String content = contentOf(entry, request);
                int occurrence = seen.merge(content, 1, Integer::sum) - 1;
                Submission ofEntry = submission.ofEntry(index + 1, content, occurrence);
                answers[index] = write(entry, index, ofEntry, request);
                pointers.note(entry, answers[index]);
            }
        }
        for (int index = 0; index < answers.length; index++) {
            if (ReadEntries.isRead(entries.get(index))) {
                answers[index] = reads.answer(entries.get(index), request);
            }
        }
        return (Bundle) new Bundle().setType(BundleType.BATCHRESPONSE).setEntry(List.of(answers));
    }

    private BundleEntryComponent write(
            BundleEntryComponent entry, int index, Submission submission, ServletRequestDetails request) {
        try {
            return delivery.unlessAccepted(
                            submission, List.of(entry), request, () -> carryOut(entry, index, submission, request))
                    .getEntryFirstRep();
        } catch (TimeBudget.Spent spent) {
            throw spent;
        } catch (RuntimeException failure) {
            return reads.refusal(failure, request);
        }
    }

    private Bundle carryOut(
            BundleEntryComponent entry, int index, Submission submission, ServletRequestDetails request) {
        UnreadableEntries.refuse(index, request);
        Verdict verdict = validation.check(entry, index);
        verdict.throwIfRefused(Language.accepted(request.getHeader("Accept-Language")));
        references.check(entry, index, request);
        Bundle alone = new Bundle().setType(BundleType.TRANSACTION);
        alone.addEntry(entry.copy());
        return delivery.carryOut(
                new Writes(alone, List.of(verdict), ExpectedVersions.of(entry, index)), submission, request);
    }

    /** The entry without its placeholder, which a sender may make anew for every try. */
    private static String contentOf(BundleEntryComponent entry, ServletRequestDetails request) {
        BundleEntryComponent content = entry.copy();
        content.setFullUrlElement(null);
        return request.getFhirContext().newJsonParser().encodeResourceToString(new Bundle().addEntry(content));
    }
}
