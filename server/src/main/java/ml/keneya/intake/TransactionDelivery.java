package ml.keneya.intake;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.intake.Delivery.Delivered;
import ml.keneya.validation.Verdict;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.springframework.stereotype.Component;

/** A bundle of type transaction: all of its writes or none, its reads afterwards. */
@Component
class TransactionDelivery {

    private final EntryValidation validation;
    private final Delivery delivery;
    private final ReadEntries reads;
    private final RefusesDanglingReferences references;

    TransactionDelivery(
            EntryValidation validation, RefusesDanglingReferences references, Delivery delivery, ReadEntries reads) {
        this.validation = validation;
        this.references = references;
        this.delivery = delivery;
        this.reads = reads;
    }

    Bundle deliver(Bundle bundle, Submission submission, ServletRequestDetails request) {
        Bundle writes = bundle.copy();
        writes.getEntry().removeIf(ReadEntries::isRead);
        if (writes.getEntry().isEmpty()) {
            return inOrder(bundle, new Bundle(), request);
        }
        Delivered written = delivery.unlessAccepted(
                submission, writes.getEntry(), request, () -> write(bundle, writes, submission, request));
        if (written.again()) {
            EarlierAnswers.sayThatItIsOne(request);
        }
        return inOrder(bundle, written.answer(), request);
    }

    private Delivered write(Bundle bundle, Bundle writes, Submission submission, ServletRequestDetails request) {
        List<Verdict> verdicts = validation.check(bundle, Caller.of(request));
        Verdict.of(verdicts).throwIfRefused(Language.accepted(request.getHeader("Accept-Language")));
        references.check(bundle, request);
        List<Verdict> ofWrites = IntStream.range(0, verdicts.size())
                .filter(index -> !ReadEntries.isRead(bundle.getEntry().get(index)))
                .mapToObj(verdicts::get)
                .toList();
        return delivery.carryOut(new Writes(writes, ofWrites, ExpectedVersions.of(bundle)), submission, request);
    }

    /** One answer for each entry, in the order of the bundle that was sent. */
    private Bundle inOrder(Bundle bundle, Bundle written, ServletRequestDetails request) {
        Bundle answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        Iterator<BundleEntryComponent> answersOfWrites = written.getEntry().iterator();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            answer.addEntry(ReadEntries.isRead(entry) ? reads.answer(entry, request) : answersOfWrites.next());
        }
        return answer;
    }
}
