package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.fhir.StorageRule;
import org.springframework.stereotype.Component;

/** Clinics must not see conflicts that they did not cause: a write that met another one is tried again. */
@Interceptor
@Component
class RetriesConflicts implements StorageRule {

    private static final int TRIES = 8;

    @Hook(Pointcut.STORAGE_VERSION_CONFLICT)
    ResourceVersionConflictResolutionStrategy retry(RequestDetails request) {
        ResourceVersionConflictResolutionStrategy strategy = new ResourceVersionConflictResolutionStrategy();
        // A stale If-Match is the client's own conflict and stays stale however often it is tried.
        strategy.setRetry(request == null || request.getHeader("If-Match") == null);
        strategy.setMaxRetries(TRIES);
        return strategy;
    }
}
