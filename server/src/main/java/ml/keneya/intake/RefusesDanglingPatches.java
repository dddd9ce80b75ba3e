package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.StorageRule;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses a patch that makes a record point to nothing: only its result shows. Looked at ahead of HAPI, which would
 * name what is not there otherwise than what is somebody else's, and again before the commit, when the records that the
 * same bundle brings are there.
 */
@Interceptor(order = 50)
@Component
class RefusesDanglingPatches implements StorageRule {

    private static final String CREATED = RefusesDanglingPatches.class.getName();

    private final RefusesDanglingReferences references;

    RefusesDanglingPatches(RefusesDanglingReferences references) {
        this.references = references;
    }

    /** Rows that this transaction has not sent to the database yet. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void created(IBaseResource created, @Nullable TransactionDetails transaction) {
        if (transaction != null) {
            createdIn(transaction).add((Resource) created);
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void patched(
            IBaseResource before,
            IBaseResource after,
            @Nullable RequestDetails request,
            @Nullable TransactionDetails transaction) {
        if (request == null) {
            return;
        }
        // What was sent whole has been looked at before it came here.
        boolean sentWhole =
                request.getRestOperationType() == RestOperationTypeEnum.UPDATE || RecordValidation.isChecked(after);
        if (!sentWhole) {
            references.checkNew((Resource) before, (Resource) after, request, besides(request, transaction));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    references.checkNew((Resource) before, (Resource) after, request, nothing(request));
                }
            });
        }
    }

    /** What a patch among other entries may point to before they are all written; in a batch each stands alone. */
    private static ReferenceTargets besides(RequestDetails request, @Nullable TransactionDetails transaction) {
        ReferenceTargets targets = nothing(request);
        if (request.getResource() instanceof Bundle bundle && bundle.getType() == BundleType.TRANSACTION) {
            targets.bring(bundle);
        }
        if (transaction != null) {
            createdIn(transaction).forEach(targets::bring);
        }
        return targets;
    }

    private static ReferenceTargets nothing(RequestDetails request) {
        return new ReferenceTargets(request.getFhirServerBase());
    }

    private static List<Resource> createdIn(TransactionDetails transaction) {
        return transaction.getOrCreateUserData(CREATED, ArrayList::new);
    }
}
