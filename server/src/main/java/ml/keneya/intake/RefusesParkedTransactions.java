package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;

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
        if (toBundle && request.getResource() instanceof Bundle bundle && !STORED.contains(bundle.getType())) {
            String type = bundle.getType() == null ? "?" : bundle.getType().toCode();
            throw new RefusedException(
                    Refusal.of(RefusalCode.POST_TO_BASE, type).at("Bundle.type"));
        }
    }
}
