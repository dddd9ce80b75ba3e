package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.validation.IValidationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliProfiles;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.i18n.I18nConstants;
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
    private static final String MIME_TYPES = "http://hl7.org/fhir/ValueSet/mimetypes";
    private static final Set<String> UNKNOWN_PROFILE = Set.of(
            I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN, I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY);

    private final MaliProfiles profiles;
    private final WorkerContextValidationSupportAdapter definitions;
    private final Duration timeLimit;
    private final InstanceValidators validators;

    MaliInstanceValidator(
            IValidationSupport support,
            WorkerContextValidationSupportAdapter workerContext,
            MaliProfiles profiles,
            ValidationSettings settings) {
        super(support.getFhirContext());
        this.profiles = profiles;
        this.definitions = workerContext;
        this.timeLimit = settings.timeLimit();
        setWrappedWorkerContext(support, workerContext);
        // Advice on good style would drown what a clinic must correct.
        setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        // A profile of another country is no fault; a claimed profile of Mali is always known.
        setErrorForUnknownProfiles(false);
        setAnyExtensionsAllowed(true);
        setNoTerminologyChecks(false);
        this.validators = new InstanceValidators(this, workerContext);
    }

    @Override
    protected List<ValidationMessage> validate(IValidationContext<?> context) {
        boolean signed = UncheckedSignature.isIn(context.getResource());
        IValidationContext<?> checked = signed ? UncheckedSignature.leaveOut(context) : context;
        List<String> applying = applyingProfiles(checked);
        List<ValidationMessage> messages =
                new ArrayList<>(attempt(applying.isEmpty() ? checked : new WithProfiles<>(checked, applying)));
        UnknownCodes.refuseWhereRequired(messages);
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
            return TimeLimit.within(timeLimit, () -> checked(context));
        } catch (TimeLimit.Exceeded exceeded) {
            return List.of(fatal(ValidatorMessages.TOO_LONG));
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            // Its message may quote the record, and the log names no person.
            log.error(
                    "The validator failed with {}:\n{}",
                    failure.getClass().getName(),
                    Arrays.stream(failure.getStackTrace())
                            .limit(FRAMES_LOGGED)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining("\n")));
            return List.of(fatal(ValidatorMessages.FAILED));
        }
    }

    private static ValidationMessage fatal(String name) {
        ValidationMessage message = new ValidationMessage();
        message.setLevel(IssueSeverity.FATAL);
        message.setMessageId(name);
        message.setMessage(name);
        return message;
    }

    /** As HAPI does it, but with a validator that was used before. */
    private List<ValidationMessage> checked(IValidationContext<?> context) {
        if (context.getResourceAsStringEncoding() != EncodingEnum.JSON
                || !(context.getResource() instanceof Resource resource)) {
            return asTheLibraryDoes(context);
        }
        List<ValidationMessage> unknown = new ArrayList<>();
        List<StructureDefinition> known = new ArrayList<>();
        Stream.concat(
                        context.getOptions().getProfiles().stream(),
                        resource.getMeta().getProfile().stream().map(PrimitiveType::getValue))
                .forEach(canonical -> find(canonical, known, unknown));
        List<ValidationMessage> messages = validators.validate(context.getResourceAsString(), known).stream()
                .filter(MaliInstanceValidator::isAboutTheRecord)
                .collect(Collectors.toCollection(ArrayList::new));
        if (known.isEmpty()) {
            messages.addAll(unknown);
        }
        messages.stream()
                .filter(message -> message.getMessageId() != null && UNKNOWN_PROFILE.contains(message.getMessageId()))
                .forEach(message -> message.setLevel(IssueSeverity.WARNING));
        return messages;
    }

    /** HAPI's own way, with a new validator for each record: for XML, and to compare ours with. */
    List<ValidationMessage> asTheLibraryDoes(IValidationContext<?> context) {
        List<ValidationMessage> messages = super.validate(context);
        UnknownCodes.refuseWhereRequired(messages);
        return messages;
    }

    private void find(String canonical, List<StructureDefinition> known, List<ValidationMessage> unknown) {
        try {
            StructureDefinition profile = definitions.fetchResource(StructureDefinition.class, canonical);
            if (profile != null) {
                known.add(profile);
                return;
            }
        } catch (FHIRException unreadable) {
            log.warn("The profile {} cannot be used.", canonical);
            return;
        }
        ValidationMessage message = new ValidationMessage();
        message.setMessageId(I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN);
        message.setLevel(IssueSeverity.WARNING);
        message.setMessage("Invalid profile. Failed to retrieve profile with url=" + canonical);
        unknown.add(message);
    }

    /** The others tell of gaps in what the library knows. */
    private static boolean isAboutTheRecord(ValidationMessage message) {
        String name = message.getMessageId();
        return !I18nConstants.TERMINOLOGY_TX_BINDING_NOSOURCE.equals(name)
                && !(I18nConstants.TERMINOLOGY_TX_VALUESET_NOTFOUND.equals(name)
                        && message.getMessage().contains(MIME_TYPES));
    }

    private List<String> applyingProfiles(IValidationContext<?> context) {
        return context.getResource() instanceof Resource resource ? profiles.applyingTo(resource) : List.of();
    }
}
