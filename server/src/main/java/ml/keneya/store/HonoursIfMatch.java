package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.IfMatch;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IIdType;
import org.springframework.stereotype.Component;

/**
 * Refuses a write whose {@code If-Match} names a version that is not the current one. HAPI 8.8.0 creates what does not
 * exist, overlooks the header of a deletion and fails on a tag that is no number.
 *
 * <p>What changes between this look and the write is caught by HAPI itself, which gets the version in a form it
 * understands.
 *
 * <p>Comes after it is decided what the caller may do, and answers for a record that the caller must not learn of as if
 * there were none.
 */
@Interceptor(order = 1_600)
@Component
class HonoursIfMatch implements FhirContribution {

    private static final String HEADER = "If-Match";
    private static final Set<RequestTypeEnum> WRITES =
            Set.of(RequestTypeEnum.PUT, RequestTypeEnum.PATCH, RequestTypeEnum.DELETE);

    private final CurrentVersions versions;
    private final Visibility visibility;

    HonoursIfMatch(CurrentVersions versions, Visibility visibility) {
        this.versions = versions;
        this.visibility = visibility;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void check(RequestDetails request) {
        String tag = request.getHeader(HEADER);
        if (tag == null || tag.isBlank() || !WRITES.contains(request.getRequestType())) {
            return;
        }
        IIdType id = request.getId();
        if (id == null || request.getResourceName() == null) {
            throw new RefusedException(Refusal.of(RefusalCode.CONDITION_TWICE));
        }
        IfMatch condition = IfMatch.read(tag);
        RecordId record = new RecordId(request.getResourceName(), id.getIdPart());
        if (!visibility.hidden(Set.of(record), Caller.of(request)).isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, String.valueOf(request.getRequestPath())));
        }
        long current = versions.of(record);
        if (!condition.isMetBy(current)) {
            throw new RefusedException(Refusal.of(RefusalCode.STALE_VERSION));
        }
        if (condition.version() == IfMatch.ANY) {
            request.setHeaders(HEADER, List.of());
            return;
        }
        request.setHeaders(HEADER, List.of("W/\"" + current + "\""));
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            request.setId(id.withVersion(String.valueOf(current)));
        }
    }
}
