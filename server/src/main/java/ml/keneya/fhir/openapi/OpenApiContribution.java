package ml.keneya.fhir.openapi;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

@Component
class OpenApiContribution implements FhirContribution {

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(new ServesApiPage());
    }
}
