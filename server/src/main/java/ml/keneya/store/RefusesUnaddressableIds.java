package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.Set;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses ids that FHIR allows but no address can carry: {@code .} and {@code ..} disappear from a path, and
 * {@code metadata} is taken for the capability statement. The record would be stored and never be found again.
 */
@Interceptor
@Component
class RefusesUnaddressableIds implements StorageRule, FhirContribution {

    private static final Set<String> UNADDRESSABLE = Set.of(".", "..", "metadata");

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(new InTheAddress());
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void refuse(IBaseResource resource) {
        refuse(resource.getIdElement().getIdPart());
    }

    private static void refuse(@Nullable String id) {
        if (id != null && UNADDRESSABLE.contains(id)) {
            throw new RefusedException(Refusal.of(RefusalCode.UNADDRESSABLE_ID, id));
        }
    }

    /** HAPI reads the word in {@code PUT Patient/metadata} as an operation before anything is stored. */
    @Interceptor(order = 10)
    static class InTheAddress {

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
        void refuseOperationAsId(RequestDetails request) {
            if (request.getResourceName() != null && request.getOperation() != null) {
                refuse(request.getOperation());
            }
        }
    }
}
