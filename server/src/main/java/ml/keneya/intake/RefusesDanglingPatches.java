package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.fhir.StorageRule;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses a patch that makes a record point to nothing: only its result shows. Looked at ahead of HAPI, which would name
 * what is not there otherwise than what is somebody else's, and again before the commit, when the records that the same
 * bundle brings are there.
 */
@Interceptor(order = 50)
@Component
class RefusesDanglingPatches implements StorageRule {

    private final RefusesDanglingReferences references;

    RefusesDanglingPatches(RefusesDanglingReferences references) {
        this.references = references;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void patched(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        if (request == null) {
            return;
        }
        // What was sent whole has been looked at before it came here.
        boolean sentWhole =
                request.getRestOperationType() == RestOperationTypeEnum.UPDATE || RecordValidation.isChecked(after);
        if (!sentWhole) {
            references.checkNew((Resource) before, (Resource) after, request, bundleOf(request));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    references.checkNew((Resource) before, (Resource) after, request, new Bundle());
                }
            });
        }
    }

    /** What a patch among other entries may point to before they are all written. */
    private static Bundle bundleOf(RequestDetails request) {
        return request.getResource() instanceof Bundle bundle ? bundle : new Bundle();
    }
}
