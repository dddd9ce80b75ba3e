package ml.keneya.views.operation;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

/** Puts the views on the HTTP face. */
@Component
class OperationContribution implements FhirContribution {

    private final AnswersViewOperations operations;

    OperationContribution(AnswersViewOperations operations) {
        this.operations = operations;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(operations);
    }
}
