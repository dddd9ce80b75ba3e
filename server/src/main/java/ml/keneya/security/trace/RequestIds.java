package ml.keneya.security.trace;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.ServletRequestTracing;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** What senders call their requests, or else what HAPI makes up: settled before anybody looks at a request. */
final class RequestIds {

    /**
     * Narrower than HAPI's rule: an id is kept for good and logged, so no words and no name with letters of its own.
     */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    static void settle(HttpServletRequest request) {
        String sent = request.getHeader(Constants.HEADER_REQUEST_ID);
        request.setAttribute(
                ServletRequestTracing.ATTRIBUTE_REQUEST_ID,
                sent != null && PLAIN.matcher(sent).matches() ? sent : "");
        ServletRequestTracing.getOrGenerateRequestId(request);
    }

    static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID));
    }
}
