package ml.keneya.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/**
 * Checks a single record that is created or updated over HTTP, before any database transaction begins (decision 19).
 */
@Interceptor(order = 100)
@Component
class ValidatesRecords {

    private final RecordValidation validation;

    ValidatesRecords(RecordValidation validation) {
        this.validation = validation;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void check(RequestDetails request, RestOperationTypeEnum operation) {
        IBaseResource resource = request.getResource();
        boolean written = operation == RestOperationTypeEnum.CREATE || operation == RestOperationTypeEnum.UPDATE;
        if (!written || resource == null) {
            return;
        }
        Verdict verdict =
                validation.check(resource, resource.fhirType(), validation.personOf(resource, Caller.of(request)));
        TellsFindings.remember(request, verdict);
        verdict.throwIfRefused(Language.accepted(request.getHeader("Accept-Language")));
    }
}
