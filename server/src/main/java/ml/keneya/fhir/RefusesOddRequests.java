package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.DateUtils;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Parameters;

/** Refuses what HAPI 8.8.0 would stumble over: these end as a 500 in its own code. */
@Interceptor(order = 10)
class RefusesOddRequests {

    private static final Set<RequestTypeEnum> WRITES =
            Set.of(RequestTypeEnum.PUT, RequestTypeEnum.PATCH, RequestTypeEnum.DELETE);

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void refuse(RequestDetails request) {
        String since = request.getHeader("If-Modified-Since");
        if (since != null && !since.isBlank() && DateUtils.parseDate(since) == null) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, "If-Modified-Since"));
        }
        IIdType id = request.getId();
        if (id != null && id.hasVersionIdPart() && WRITES.contains(request.getRequestType())) {
            // HAPI reads the version as an If-Match; an earlier version is not there to be written.
            throw new RefusedException(Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, "/_history"));
        }
    }

    /** A FHIRPath patch is a Parameters resource; HAPI hands whatever it parsed to code that takes nothing else. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void refusePatchOfAnotherKind(RequestDetails request, RestOperationTypeEnum operation) {
        boolean other = request.getResource() != null && !(request.getResource() instanceof Parameters);
        if (operation == RestOperationTypeEnum.PATCH && other) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PATCH, ""));
        }
    }
}
