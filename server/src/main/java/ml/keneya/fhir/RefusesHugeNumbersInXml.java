package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;

/**
 * The rule of {@link JsonText} for numbers, for XML: there the text does not tell a number from an identifier, so the
 * parsed resource is looked at.
 */
@Interceptor(order = -900)
class RefusesHugeNumbersInXml {

    private final FhirContext context;

    RefusesHugeNumbersInXml(FhirContext context) {
        this.context = context;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void refuse(RequestDetails request) {
        IBaseResource resource = request.getResource();
        String mediaType = GuardsRequests.mediaType(request.getHeader("Content-Type"));
        if (resource == null || !mediaType.endsWith("xml")) {
            return;
        }
        for (DecimalType number : context.newTerser().getAllPopulatedChildElementsOfType(resource, DecimalType.class)) {
            if (HugeNumber.is(String.valueOf(number.getValueAsString()))) {
                throw new RefusedException(Refusal.of(RefusalCode.HUGE_NUMBER, "value", HugeNumber.LARGEST_EXPONENT));
            }
        }
    }
}
