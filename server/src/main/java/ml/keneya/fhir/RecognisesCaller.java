package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes over who is calling from whoever found it out before HAPI. A request that nobody vouched for is refused:
 * without access control in front, this exchange answers nobody.
 */
@Interceptor(order = 1000)
class RecognisesCaller {

    /** Names the sending facility; believed of who sits at the machine, whose token says it otherwise. */
    static final String FACILITY_HEADER = "Keneya-Facility";

    private static final Pattern FACILITY_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void recognise(RequestDetails request) {
        if (Caller.isAttachedTo(request)) {
            return;
        }
        Optional<Caller> brought = request instanceof ServletRequestDetails servlet
                ? Caller.broughtBy(servlet.getServletRequest())
                : Optional.empty();
        Caller caller = brought.orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNAUTHENTICATED)));
        String facility = request.getHeader(FACILITY_HEADER);
        if (facility == null) {
            caller.attachTo(request);
            return;
        }
        if (!FACILITY_CODE.matcher(facility).matches()) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, FACILITY_HEADER));
        }
        if (!caller.role().isUnrestricted() && !facility.equals(caller.facility())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        caller.actingFor(facility).attachTo(request);
    }
}
