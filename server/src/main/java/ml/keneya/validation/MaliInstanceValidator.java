package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.IValidationContext;
import java.util.List;
import java.util.Optional;
import ml.keneya.conformance.MaliProfiles;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.springframework.stereotype.Component;

/**
 * HAPI's validator with Mali's profile of the type always applied, whether or not the record claims it. It takes the
 * place of HAPI's own module, so that {@code $validate} and storage give the same verdict.
 */
@Component("maliInstanceValidator")
class MaliInstanceValidator extends FhirInstanceValidator {

    private final MaliProfiles profiles;

    MaliInstanceValidator(
            IValidationSupport support, WorkerContextValidationSupportAdapter workerContext, MaliProfiles profiles) {
        super(support.getFhirContext());
        this.profiles = profiles;
        setWrappedWorkerContext(support, workerContext);
        // Advice on good style would drown what a clinic must correct.
        setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        // A profile of another country is no fault; a claimed profile of Mali is always known.
        setErrorForUnknownProfiles(false);
        setAnyExtensionsAllowed(true);
        setNoTerminologyChecks(false);
    }

    @Override
    protected List<ValidationMessage> validate(IValidationContext<?> context) {
        Optional<String> base = baseProfile(context);
        return super.validate(base.isPresent() ? new WithProfile<>(context, base.get()) : context);
    }

    private Optional<String> baseProfile(IValidationContext<?> context) {
        return context.getResource() instanceof Resource resource
                ? profiles.baseOf(resource.fhirType())
                : Optional.empty();
    }
}
