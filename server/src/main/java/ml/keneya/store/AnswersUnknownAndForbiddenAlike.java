package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.EnumSet;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;

/**
 * Looks whether the record that a request names is visible before anything else is done with it. One that is not, and
 * one that there is not, take the same way and get the same answer, so nobody learns which ids others use (decision
 * 22).
 */
@Interceptor(order = 100)
@Component
class AnswersUnknownAndForbiddenAlike implements FhirContribution {

    private static final Set<RestOperationTypeEnum> NAMING = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.HISTORY_INSTANCE,
            RestOperationTypeEnum.PATCH,
            RestOperationTypeEnum.DELETE,
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE);

    private final Visibility visibility;

    AnswersUnknownAndForbiddenAlike(Visibility visibility) {
        this.visibility = visibility;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void look(RequestDetails request, RestOperationTypeEnum operation) {
        Caller caller = Caller.of(request);
        if (caller.role().isUnrestricted()) {
            return;
        }
        String path = String.valueOf(request.getRequestPath());
        if (operation == RestOperationTypeEnum.TRANSACTION && request.getResource() instanceof Bundle bundle) {
            // First whether it can be read at all, so that this is answered alike whatever there is.
            for (int index = 0; index < bundle.getEntry().size(); index++) {
                EntryAddress.check(bundle.getEntry().get(index).getRequest(), "Bundle.entry[" + index + "]");
            }
            bundle.getEntry().forEach(entry -> look(entry, caller, path));
        }
        String type = request.getResourceName();
        if (type == null || request.getId() == null || !request.getId().hasIdPart()) {
            return;
        }
        RecordId record = new RecordId(type, request.getId().getIdPart());
        if (NAMING.contains(operation)) {
            SeenByCaller.begin(request, operation);
            refuseHidden(record, caller, path, SeenByCaller.of(request));
        } else if (operation == RestOperationTypeEnum.UPDATE) {
            refuseSomebodyElses(record, caller, path);
        }
    }

    private void look(BundleEntryComponent entry, Caller caller, String path) {
        HTTPVerb verb = entry.getRequest().getMethod();
        EntryAddress.record(String.valueOf(entry.getRequest().getUrl())).ifPresent(record -> {
            if (verb == HTTPVerb.DELETE || verb == HTTPVerb.PATCH) {
                refuseHidden(record, caller, path, SeenByCaller.forgotten());
            } else if (verb == HTTPVerb.PUT) {
                refuseSomebodyElses(record, caller, path);
            }
        });
    }

    private void refuseHidden(RecordId record, Caller caller, String path, SeenByCaller seen) {
        if (!visibility.hidden(Set.of(record), caller, seen).isEmpty()) {
            throw notFound(path);
        }
    }

    /** A new record may take an id that is free. */
    private void refuseSomebodyElses(RecordId record, Caller caller, String path) {
        if (visibility.isSomebodyElses(record, caller)) {
            throw notFound(path);
        }
    }

    private static RefusedException notFound(String path) {
        return new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, path));
    }
}
