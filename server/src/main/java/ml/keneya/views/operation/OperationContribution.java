package ml.keneya.views.operation;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

/** Puts the views on the HTTP face. */
@Component
class OperationContribution implements FhirContribution {

    private final AnswersViewOperations operations;
    private final OffersViewOperations offer;

    OperationContribution(AnswersViewOperations operations, OffersViewOperations offer) {
        this.operations = operations;
        this.offer = offer;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(operations);
        server.registerInterceptor(offer);
    }
}
