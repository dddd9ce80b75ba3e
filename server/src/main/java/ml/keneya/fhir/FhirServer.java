package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.RestfulServer;

/**
 * The one RestfulServer, wrapped because Spring Boot builds every bean that is a servlet while it sets up the web
 * server: all of HAPI's beans would then be built before Spring may remember which bean has which type, and a third of
 * the start-up time would go into finding that out again and again.
 */
public record FhirServer(RestfulServer restful) {}
