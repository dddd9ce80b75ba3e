package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.IValidationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import ml.keneya.conformance.MaliProfiles;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * HAPI's validator with Mali's profiles of the type and of the codes always applied, whether or not the record claims
 * them. It takes the place of HAPI's own module, so that {@code $validate} and storage give the same verdict.
 */
@Component("maliInstanceValidator")
class MaliInstanceValidator extends FhirInstanceValidator {

    private static final Logger log = LoggerFactory.getLogger(MaliInstanceValidator.class);

    private static final int FRAMES_LOGGED = 15;

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
        boolean signed = UncheckedSignature.isIn(context.getResource());
        IValidationContext<?> checked = signed ? UncheckedSignature.leaveOut(context) : context;
        List<String> applying = applyingProfiles(checked);
        List<ValidationMessage> messages =
                new ArrayList<>(attempt(applying.isEmpty() ? checked : new WithProfiles<>(checked, applying)));
        if (signed) {
            messages.add(UncheckedSignature.remark());
        }
        return messages;
    }

    /**
     * The library throws whatever it meets in content that it did not expect. A record that it cannot read to the end
     * is not known to be right, and is refused with a reason instead of an internal error.
     */
    private List<ValidationMessage> attempt(IValidationContext<?> context) {
        try {
            return super.validate(context);
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            // Its message may quote the record, and the log names no person.
            log.error(
                    "The validator failed with {}:\n{}",
                    failure.getClass().getName(),
                    Arrays.stream(failure.getStackTrace())
                            .limit(FRAMES_LOGGED)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining("\n")));
            ValidationMessage message = new ValidationMessage();
            message.setLevel(IssueSeverity.FATAL);
            message.setMessageId(ValidatorMessages.FAILED);
            message.setMessage(ValidatorMessages.FAILED);
            return List.of(message);
        }
    }

    private List<String> applyingProfiles(IValidationContext<?> context) {
        return context.getResource() instanceof Resource resource ? profiles.applyingTo(resource) : List.of();
    }
}
