package ml.keneya.security;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.jspecify.annotations.Nullable;

/** Told of every decision before it takes effect. What it throws refuses the request. */
public interface WatchesDecisions {

    /** @param request absent when the request was refused before HAPI saw it */
    void decided(@Nullable RequestDetails request, Decision decision);
}
