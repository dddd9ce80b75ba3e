package ml.keneya.security.access;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

/** Hangs the rules of access on the HTTP face. */
@Component
class AccessContribution implements FhirContribution {

    private final DecidesRequests decides;
    private final HidesFromAnswers hides;
    private final BindsPages binds;
    private final TellsSecurity tells;

    AccessContribution(DecidesRequests decides, HidesFromAnswers hides, BindsPages binds, TellsSecurity tells) {
        this.decides = decides;
        this.hides = hides;
        this.binds = binds;
        this.tells = tells;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(decides);
        server.registerInterceptor(hides);
        server.registerInterceptor(binds);
        server.registerInterceptor(tells);
    }
}
