package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's server without the header in which it tells everyone which product in which version answers. */
final class UnsignedServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    UnsignedServer(FhirContext context) {
        super(context);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
