package ml.keneya.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/** The HAPI validator with Mali's two packages and nothing from the network. */
public final class MalianValidator {

    private static final String PROFILES = "https://keneya.ml/fhir/StructureDefinition/";
    private static final MalianValidator SHARED = offline();

    private final FhirValidator validator;
    private final FhirContext context;
    private final FhirPackage core;
    private final FhirPackage terminology;

    private MalianValidator(FhirContext context, FhirPackage core, FhirPackage terminology) {
        this.context = context;
        this.core = core;
        this.terminology = terminology;
        var packages = new PrePopulatedValidationSupport(context);
        Stream.of(core, terminology).flatMap(it -> it.resources().stream()).forEach(packages::addResource);
        // A code of a system that the server does not hold (CVX, ICD-10, LOINC) is a warning, never a refusal.
        var unknownSystems = new UnknownCodeSystemWarningValidationSupport(context);
        unknownSystems.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
        var chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                packages,
                new Questionnaires(context, core.resourcesOf(Questionnaire.class)),
                new LanguagesAsRecommended(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context),
                unknownSystems);
        // A concept with two codes is known when one of them is: FHIR's rule, and not HAPI's default.
        chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);
        var instances = new FhirInstanceValidator(chain);
        instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        validator = context.newValidator().registerValidatorModule(instances);
    }

    /** One for all tests: the first validation loads the whole of R4, which takes most of the time. */
    public static MalianValidator shared() {
        return SHARED;
    }

    private static MalianValidator offline() {
        var context = FhirContext.forR4();
        var core = FhirPackage.onClassPath("ml.keneya.core", context);
        return new MalianValidator(context, core, FhirPackage.onClassPath("ml.keneya.terminology", context));
    }

    FhirPackage core() {
        return core;
    }

    FhirPackage terminology() {
        return terminology;
    }

    /** Validates one resource against the profile with this id, as the server does for every resource that is sent. */
    public List<SingleValidationMessage> validate(String json, String profile) {
        return validator
                .validateWithResult(json, new ValidationOptions().addProfile(PROFILES + profile))
                .getMessages();
    }

    /** Validates a resource by its own type and by what its extensions say. */
    List<SingleValidationMessage> validate(String json) {
        return validator.validateWithResult(json).getMessages();
    }

    /** Validates a bundle as a whole, which adds what one resource cannot show: references between the entries. */
    public List<SingleValidationMessage> validateBundle(String json) {
        return validator.validateWithResult(json).getMessages();
    }

    Bundle parse(String json) {
        return context.newJsonParser().parseResource(Bundle.class, json);
    }

    String encode(Resource resource) {
        return context.newJsonParser().encodeResourceToString(resource);
    }

    <T extends IBase> List<T> within(Resource resource, Class<T> type) {
        return context.newTerser().getAllPopulatedChildElementsOfType(resource, type);
    }

    public static List<SingleValidationMessage> errors(List<SingleValidationMessage> messages) {
        return messages.stream()
                .filter(it -> it.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0 && !isUnknownCode(it))
                .toList();
    }

    static List<SingleValidationMessage> warnings(List<SingleValidationMessage> messages) {
        return messages.stream()
                .filter(it -> it.getSeverity() == ResultSeverityEnum.WARNING || isUnknownCode(it))
                .toList();
    }

    /**
     * The server refuses a code that its system does not have only where a list is required (decision 0037); the
     * validator says so besides, with a key of its own.
     */
    private static boolean isUnknownCode(SingleValidationMessage message) {
        return "Terminology_PassThrough_TX_Message".equals(message.getMessageId())
                && message.getMessage().startsWith("Unknown code '");
    }

    /**
     * The key of the broken rule: the invariant where there is one, otherwise the validator's own name for the rule.
     */
    public static String key(SingleValidationMessage message) {
        var id = String.valueOf(message.getMessageId());
        return id.substring(id.lastIndexOf('#') + 1);
    }
}
