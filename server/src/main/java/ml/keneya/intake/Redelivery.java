package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.InnerRequests.InnerAnswer;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDelivery.Status;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Delivers bytes that were kept, under the name of who sent them. */
@Component
class Redelivery {

    private final FhirContext context;
    private final InnerRequests requests;

    Redelivery(FhirContext context, InnerRequests requests) {
        this.context = context;
        this.requests = requests;
    }

    /**
     * @param body the bytes that were kept, or their correction
     * @param headers those that were kept, or those of the correction
     * @param caller the sender, with the rights that this try has
     */
    Result deliver(KeptDelivery delivery, byte[] body, Map<String, String> headers, Caller caller) {
        InnerAnswer answer = requests.post(
                delivery.base(), headers, body, caller, delivery.id().toString());
        if (answer.status() >= 300) {
            String code =
                    RefusalCodes.decisive(context.newJsonParser().parseResource(OperationOutcome.class, answer.body()));
            return result(answer, false, MomentaryStatus.is(answer.status(), code), code);
        }
        Bundle accepted = context.newJsonParser().parseResource(Bundle.class, answer.body());
        boolean batch = accepted.getType() == BundleType.BATCHRESPONSE;
        boolean momentary = batch && RefusedEntries.someMayBeTriedAgain(accepted);
        OperationOutcome refused = answer.refusedEntries();
        String code = refused == null ? null : RefusalCodes.decisive(refused);
        return result(answer, refused == null && !momentary, momentary, code);
    }

    private static Result result(InnerAnswer answer, boolean accepted, boolean momentary, @Nullable String code) {
        return new Result(accepted, momentary, new Outcome(answer.status(), code, answer.body()));
    }

    /**
     * What came of a try.
     *
     * @param accepted whether all of it is stored
     * @param momentary whether another try of the same may store more
     */
    record Result(boolean accepted, boolean momentary, Outcome outcome) {

        Status status() {
            return accepted ? Status.ACCEPTED : Status.REFUSED;
        }
    }
}
