package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Refuses text that {@link GuardsRequests} found unreadable, once it is known who sent it: it is then logged, put into
 * words and kept like every other refusal.
 */
@Interceptor(order = 1500)
class RefusesUnreadableText {

    private static final String REFUSED = RefusesUnreadableText.class.getName();

    static void later(HttpServletRequest request, RefusedException refused) {
        request.setAttribute(REFUSED, refused);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void refuse(ServletRequestDetails request) {
        if (request.getServletRequest().getAttribute(REFUSED) instanceof RefusedException refused) {
            throw refused;
        }
    }
}
