package ml.keneya.security.trace;

import ca.uhn.fhir.rest.server.ServletRequestTracing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What senders call requests that HAPI never saw; it takes over the same ids for those that it sees. */
final class RequestIds {

    /** As long as the id of a record may be. Strangers send them too, and nothing is ever deleted from the trace. */
    private static final int LONGEST = 64;

    private RequestIds() {}

    /** @return nothing unless it consists of letters, digits, points, dashes, underscores and spaces alone */
    static @Nullable String givenTo(HttpServletRequest request) {
        String id = ServletRequestTracing.maybeGetRequestId(request);
        return id == null || id.isBlank() || id.length() > LONGEST ? null : id;
    }
}
