package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.Set;
import ml.keneya.conformance.SensitiveCodes;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Puts the label of sensitivity on a record whose codes expose the person and whose sender put none that restricts it
 * (decision 0076). A sender that put one has judged: it stays as it is. After validation (100), so that a profile that
 * demands the label of the sender demands it in a patch too.
 */
@Interceptor(order = 150)
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

    /** A correction that leaves the label out does not take it away while the code says what it says. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void labelAgain(IBaseResource before, IBaseResource after) {
        takeBack((Resource) before, (Resource) after);
        labelWhereNoneIs((Resource) after);
    }

    /**
     * Who reads a record, corrects its code and gives it back, gives back the label that followed from the former code.
     * That is nobody's judgement: with it, a case of measles would go on telling of HIV and be hidden from its
     * district.
     */
    private void takeBack(Resource before, Resource after) {
        Set<String> followed = SensitivityLabels.texts(codes.labelsFor(before));
        if (followed.equals(SensitivityLabels.restrictingOn(before.getMeta()))
                && followed.equals(SensitivityLabels.restrictingOn(after.getMeta()))
                && !followed.equals(SensitivityLabels.texts(codes.labelsFor(after)))) {
            after.getMeta().getSecurity().removeIf(SensitivityLabels::isRestricting);
        }
    }

    /** In front of the owner's label, where senders' labels stand: given back as read, a record is the same. */
    private void labelWhereNoneIs(Resource record) {
        record.getMeta().getSecurity().addAll(0, codes.lackingOn(record));
    }
}
