package ml.keneya.security.trace;

import ca.uhn.fhir.rest.server.RestfulServer;
import java.time.Clock;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

/** Puts the trace on the HTTP face: it notes, and it shows. */
@Component
class TraceContribution implements FhirContribution {

    private final Trace trace;
    private final SearchesTrace rows;
    private final VerifiesTrace verifies;

    TraceContribution(Trace trace, SearchesTrace rows, VerifiesTrace verifies) {
        this.trace = trace;
        this.rows = rows;
        this.verifies = verifies;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(new NotesAccess(new WritesAccessDown(trace::write), Clock.systemUTC()));
        server.registerInterceptor(new ShowsTrace(rows, verifies));
    }
}
