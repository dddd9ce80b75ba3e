package ml.keneya.intake;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/** A bundle as it stands at the door, before or after somebody has looked into it. */
record Arrival(Caller caller, String base, String key, String digest, Map<String, String> headers, byte[] body) {

    /** Those on which the outcome depends; no credentials. */
    private static final List<String> KEPT_HEADERS =
            List.of("Content-Type", "Accept-Language", "Idempotency-Key", "Prefer");

    static Arrival of(ServletRequestDetails request) {
        Map<String, String> headers = keptHeaders(request);
        Bundle bundle = request.getResource() instanceof Bundle read ? read : new Bundle();
        Submission submission = Submission.of(bundle, request);
        return new Arrival(
                Caller.of(request),
                request.getFhirServerBase(),
                submission.key(),
                submission.digest(),
                headers,
                request.loadRequestContents());
    }

    /** Those headers of a request on which the outcome of the delivery depends, and that the answer is JSON. */
    static Map<String, String> keptHeaders(ServletRequestDetails request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = String.join(", ", request.getHeaders(name));
            if (!value.isEmpty()) {
                headers.put(name, value);
            }
        }
        headers.put("Accept", "application/fhir+json");
        headers.computeIfPresent("Prefer", (name, value) -> withoutAsynchronous(value));
        return headers;
    }

    /** Whether the request is a delivery: a POST to the base itself. */
    static boolean is(ServletRequestDetails request) {
        return request.getRequestType() == RequestTypeEnum.POST
                && request.getResourceName() == null
                && request.getOperation() == null
                && (request.getRequestPath() == null || request.getRequestPath().isBlank());
    }

    /** The id of the kept delivery whose bytes somebody is posting again; null for what a sender delivers. */
    static @Nullable UUID keptAs(ServletRequestDetails request) {
        return InnerRequests.keptAs(request.getServletRequest())
                .map(UUID::fromString)
                .orElse(null);
    }

    String facility() {
        return caller.facility() == null ? "" : caller.facility();
    }

    private static String withoutAsynchronous(String prefer) {
        return prefer.replaceAll("(?i)\\s*[,;]?\\s*(respond-async|wait\\s*=\\s*\\d+)", "");
    }
}
