package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.RestfulServer;

/**
 * What one feature adds to the HTTP face: providers and interceptors.
 *
 * <p>Each feature has one package-private bean of it, so that adding a feature never edits this package.
 */
@FunctionalInterface
public interface FhirContribution {

    void contributeTo(RestfulServer server);
}
