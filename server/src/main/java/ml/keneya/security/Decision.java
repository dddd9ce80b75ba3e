package ml.keneya.security;

import ml.keneya.fhir.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a request, and why.
 *
 * @param interaction FHIR's code of what was asked for, for example {@code read} or {@code search-type}
 * @param resourceType absent when the request concerns none
 * @param operation with its dollar sign; absent when the request is none
 */
public record Decision(
        boolean allowed,
        Reason reason,
        Caller caller,
        String interaction,
        @Nullable String resourceType,
        @Nullable String operation) {}
