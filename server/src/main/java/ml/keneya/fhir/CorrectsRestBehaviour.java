package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import org.springframework.stereotype.Component;

/** Puts right what HAPI's server does otherwise than FHIR or our users expect; each class says what. */
@Component
class CorrectsRestBehaviour implements FhirContribution {

    private final ServedTypes served;

    CorrectsRestBehaviour(ServedTypes served) {
        this.served = served;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        FhirContext context = server.getFhirContext();
        NotesParsingFaults faults = new NotesParsingFaults();
        context.setParserErrorHandler(faults);
        server.registerInterceptor(new RefusesParsingFaults(faults, new LocatesParsingFaults(context)));
        server.registerInterceptor(new RefusesHugeNumbersInXml(context));
        server.registerInterceptor(new RefusesOddRequests());
        server.registerInterceptor(new KeepsLinksUnderTheBase(served));
        server.registerInterceptor(new LocatesWhatPutCreated());
    }
}
