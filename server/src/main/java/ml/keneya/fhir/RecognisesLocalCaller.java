package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.regex.Pattern;

/**
 * Fills the caller while no access control does: everybody who reaches the loopback address is the local caller, and
 * may say for which facility it posts.
 */
@Interceptor(order = 1000)
class RecognisesLocalCaller {

    /** Names the sending facility; believed only because the server listens on loopback alone. */
    static final String FACILITY_HEADER = "Keneya-Facility";

    private static final Pattern FACILITY_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void recognise(RequestDetails request) {
        if (Caller.isAttachedTo(request)) {
            return;
        }
        if (request instanceof ServletRequestDetails inner && InnerRequests.bringsCaller(inner.getServletRequest())) {
            InnerRequests.callerOf(inner.getServletRequest()).attachTo(request);
            return;
        }
        String facility = request.getHeader(FACILITY_HEADER);
        if (facility == null) {
            Caller.local().attachTo(request);
            return;
        }
        if (!FACILITY_CODE.matcher(facility).matches()) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, FACILITY_HEADER));
        }
        Caller.local().actingFor(facility).attachTo(request);
    }
}
