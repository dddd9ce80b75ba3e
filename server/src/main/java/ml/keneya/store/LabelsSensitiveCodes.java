package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ml.keneya.conformance.SensitiveCodes;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Puts the label of sensitivity on a record whose codes expose the person and whose sender put none that restricts it
 * (decision 0076). A sender that put one has judged: it stays as it is.
 */
@Interceptor(order = -100)
@Component
class LabelsSensitiveCodes implements StorageRule {

    private final SensitiveCodes codes;

    LabelsSensitiveCodes(SensitiveCodes codes) {
        this.codes = codes;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void label(IBaseResource created) {
        labelWhereNoneIs((Resource) created);
    }

    /** A correction that leaves the label out does not take it away: the code still says what it says. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void labelAgain(IBaseResource before, IBaseResource after) {
        labelWhereNoneIs((Resource) after);
    }

    private void labelWhereNoneIs(Resource record) {
        codes.lackingOn(record).forEach(record.getMeta()::addSecurity);
    }
}
