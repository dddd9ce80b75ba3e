package ml.keneya.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks what nobody has checked yet when it is about to be stored: the result of a patch, a record written from
 * inside, an import.
 */
@Interceptor(order = 100)
@Component
class ValidatesBeforeStorage implements StorageRule {

    private final RecordValidation validation;

    ValidatesBeforeStorage(RecordValidation validation) {
        this.validation = validation;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void beforeCreate(IBaseResource resource, @Nullable RequestDetails request) {
        check(resource, request);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void beforeUpdate(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        check(after, request);
    }

    private void check(IBaseResource resource, @Nullable RequestDetails request) {
        if (RecordValidation.isChecked(resource)) {
            return;
        }
        String language = request == null ? null : request.getHeader("Accept-Language");
        // A copy, because HAPI's validator would read the text the record was parsed from, which a patch does not
        // change.
        Resource asItIsNow = ((Resource) resource).copy();
        Verdict verdict =
                validation.check(asItIsNow, resource.fhirType(), validation.personOf(asItIsNow, Caller.of(request)));
        verdict.throwIfRefused(Language.accepted(language));
        if (request != null) {
            TellsFindings.remember(request, verdict);
        }
        RecordValidation.markChecked(resource);
    }
}
