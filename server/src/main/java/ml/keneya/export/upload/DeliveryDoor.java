package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import ml.keneya.export.upload.DeliversLines.Sender;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.KnowsCallers;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door that every bundle uses, for who asked some time ago to have lines delivered. */
@Component
class DeliveryDoor {

    private final InnerRequests requests;
    private final FhirContext context;
    private final KnowsCallers callers;

    DeliveryDoor(InnerRequests requests, FhirContext context, KnowsCallers callers) {
        this.requests = requests;
        this.context = context;
        this.callers = callers;
    }

    /** Whether somebody who was let in then still would be. */
    boolean isOpenTo(Caller caller) {
        return callers.mayStillCall(caller);
    }

    DeliversLines deliveriesOf(Sender sender) {
        return new DeliversLines(requests, context, sender);
    }

    /** A refusal in the words of who asked, as FHIR JSON. */
    String inWords(Refusal refusal, @Nullable String language) {
        return context.newJsonParser()
                .encodeResourceToString(Outcomes.of(List.of(refusal), Language.accepted(language)));
    }
}
