package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Takes back the id that HAPI gives to the answer of a bundle, and with it the {@code Location} of a resource that does
 * not exist. The same delivery then also gets the same bytes again.
 */
@Interceptor
class LeavesAnswersWithoutAddress {

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void removeId(RequestDetails request, ResponseDetails response) {
        boolean delivery = request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION;
        if (delivery && response.getResponseResource() instanceof Bundle answer) {
            answer.setIdElement(null);
        }
    }
}
