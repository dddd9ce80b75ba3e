package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of a resource what posting it would say, without storing it. */
@Component
class Judge {

    private static final Set<BundleType> CARRIED_OUT = Set.of(BundleType.TRANSACTION, BundleType.BATCH);
    private static final Set<HTTPVerb> WRITING = Set.of(HTTPVerb.POST, HTTPVerb.PUT);

    private final RecordValidation validation;
    private final EnvelopeRules envelope;
    private final IValidationSupport support;

    Judge(RecordValidation validation, EnvelopeRules envelope, IValidationSupport support) {
        this.validation = validation;
        this.envelope = envelope;
        this.support = support;
    }

    /** @param profile one that the resource must meet besides Mali's for its type */
    OperationOutcome judge(IBaseResource resource, @Nullable String profile, Language language) {
        if (resource instanceof Bundle bundle && CARRIED_OUT.contains(bundle.getType())) {
            List<Refusal> refusals = envelope.check(bundle);
            return refusals.isEmpty() ? judgeEntries(bundle).outcome(language) : Outcomes.of(refusals, language);
        }
        ValidationOptions options = new ValidationOptions();
        if (profile != null) {
            if (support.fetchStructureDefinition(profile) == null) {
                throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_PROFILE, profile));
            }
            options.addProfile(profile);
        }
        return validation.judge(resource, resource.fhirType(), options).outcome(language);
    }

    /** A bundle to carry out is judged as it would be carried out, record by record. */
    private Verdict judgeEntries(Bundle bundle) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            BundleEntryComponent entry = bundle.getEntry().get(index);
            if (entry.hasResource() && WRITING.contains(entry.getRequest().getMethod())) {
                verdicts.add(validation.judge(
                        entry.getResource(), "Bundle.entry[" + index + "].resource", new ValidationOptions()));
            }
        }
        return Verdict.of(verdicts);
    }
}
