package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ml.keneya.validation.ValidationSettings.Policy;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.springframework.stereotype.Component;

/** Checks one record against the base specification and Mali's profiles, as the policy for its type asks. */
@Component
public class RecordValidation {

    private static final String VALIDATED = RecordValidation.class.getName();

    private final FhirValidator validator;
    private final ValidationSettings settings;
    private final DescribesFindings describes;

    RecordValidation(
            FhirContext context,
            IInstanceValidatorModule module,
            ValidationSettings settings,
            DescribesFindings describes) {
        this.validator = context.newValidator().registerValidatorModule(module);
        this.settings = settings;
        this.describes = describes;
    }

    /**
     * Checks a record and remembers that it was checked, so that storage does not do it again (decision 19).
     *
     * @param path where the record stands in what was sent, for example {@code Bundle.entry[3].resource}; the name of
     *     its type when it stands alone
     */
    public Verdict check(IBaseResource resource, String path) {
        Policy policy = settings.policyFor(resource.fhirType());
        markChecked(resource);
        if (policy == Policy.OFF) {
            return Verdict.nothingToSay();
        }
        Verdict verdict = judge(resource, path, new ValidationOptions());
        return policy == Policy.REPORT ? verdict.onlyReported() : verdict;
    }

    /** The verdict whatever the policy: who asks for one wants to know. */
    Verdict judge(IBaseResource resource, String path, ValidationOptions options) {
        // Information (which slices were tried, how a display differs) would drown what a clinic must correct.
        Map<Boolean, List<Finding>> findings = validator.validateWithResult(resource, options).getMessages().stream()
                .filter(message -> message.getSeverity() != ResultSeverityEnum.INFORMATION)
                .map(message -> describes.describe(message, resource, path))
                .collect(Collectors.partitioningBy(Finding::isError));
        return new Verdict(findings.getOrDefault(true, List.of()), findings.getOrDefault(false, List.of()));
    }

    /** For content that is trusted or was checked as part of something larger; copies of a resource lose the mark. */
    public static void markChecked(IBaseResource resource) {
        ((Base) resource).setUserData(VALIDATED, Boolean.TRUE);
    }

    public static boolean isChecked(IBaseResource resource) {
        return Boolean.TRUE.equals(((Base) resource).getUserData(VALIDATED));
    }
}
