package ml.keneya.validation;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

@Component
class ValidationContribution implements FhirContribution {

    private final ValidatesRecords validatesRecords;

    ValidationContribution(ValidatesRecords validatesRecords) {
        this.validatesRecords = validatesRecords;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(validatesRecords);
    }
}
