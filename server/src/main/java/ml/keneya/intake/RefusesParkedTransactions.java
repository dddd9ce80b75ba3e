package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a transaction that is posted to {@code /Bundle}: it would be stored as a document and nothing in it carried
 * out, while its sender believes that it was.
 */
@Interceptor
class RefusesParkedTransactions {

    private static final Set<BundleType> STORED =
            Set.of(BundleType.DOCUMENT, BundleType.MESSAGE, BundleType.COLLECTION);

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void refuse(RequestDetails request) {
        boolean toBundle = "Bundle".equals(request.getResourceName()) && request.getOperation() == null;
        if (toBundle && isParked(request.getResource())) {
            throw new RefusedException(refusal((Bundle) request.getResource()).at("Bundle.type"));
        }
    }

    /** Whether it is a Bundle that wants to be carried out, not stored. */
    static boolean isParked(@Nullable IBaseResource resource) {
        return resource instanceof Bundle bundle && !STORED.contains(bundle.getType());
    }

    static Refusal refusal(Bundle parked) {
        return Refusal.of(
                RefusalCode.POST_TO_BASE,
                parked.getType() == null ? "?" : parked.getType().toCode());
    }
}
