package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.InnerRequests.InnerAnswer;
import ml.keneya.fhir.KnowsCallers;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
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
    private final KnowsCallers callers;

    Redelivery(FhirContext context, InnerRequests requests, KnowsCallers callers) {
        this.context = context;
        this.requests = requests;
        this.callers = callers;
    }

    /**
     * The same for somebody who has decided about a refused delivery.
     *
     * @throws RefusedException when the agency decides about what no site sent, or about what a site sent that may no
     *     longer send
     */
    Result deliverFor(Caller decider, KeptDelivery delivery, byte[] body, Map<String, String> headers) {
        Caller sender = delivery.senderWithRightsOf(decider)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.FORBIDDEN)));
        if (decider.role() == Role.AGENCY && !callers.mayStillCall(delivery.caller())) {
            throw new RefusedException(Refusal.of(RefusalCode.SENDER_REVOKED));
        }
        return deliver(delivery, body, headers, sender);
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
            return new Result(
                    false,
                    MomentaryStatus.is(answer.status(), code),
                    MomentaryStatus.isOfTheServer(code),
                    outcome(answer, code));
        }
        Bundle accepted = context.newJsonParser().parseResource(Bundle.class, answer.body());
        boolean batch = accepted.getType() == BundleType.BATCHRESPONSE;
        boolean momentary = batch && RefusedEntries.someMayBeTriedAgain(accepted);
        OperationOutcome refused = answer.refusedEntries();
        String code = refused == null ? null : RefusalCodes.decisive(refused);
        return new Result(
                refused == null && !momentary,
                momentary,
                batch && RefusedEntries.someFoundTheServerUnable(accepted),
                outcome(answer, code));
    }

    private static Outcome outcome(InnerAnswer answer, @Nullable String code) {
        return new Outcome(answer.status(), code, answer.body());
    }

    /**
     * What came of a try.
     *
     * @param accepted whether all of it is stored
     * @param momentary whether another try of the same may store more
     * @param ofTheServer whether it was for the database, which was away, busy or full, and says nothing of the content
     */
    record Result(boolean accepted, boolean momentary, boolean ofTheServer, Outcome outcome) {

        Status status() {
            return accepted ? Status.ACCEPTED : Status.REFUSED;
        }
    }
}
