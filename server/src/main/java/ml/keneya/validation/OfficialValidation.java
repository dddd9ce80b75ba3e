package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/** HL7's validator: slow, and the only one whose words reach a client. */
@Component
class OfficialValidation {

    private final FhirValidator validator;
    private final DescribesFindings describes;

    OfficialValidation(FhirContext context, IInstanceValidatorModule module, DescribesFindings describes) {
        this.validator = context.newValidator().registerValidatorModule(module);
        this.describes = describes;
    }

    /** @param path where the record stands in what was sent */
    Verdict judge(IBaseResource resource, String path, ValidationOptions options) {
        // Information (which slices were tried, how a display differs) would drown what a clinic must correct.
        Map<Boolean, List<Finding>> findings = validator.validateWithResult(resource, options).getMessages().stream()
                .filter(message -> message.getSeverity() != ResultSeverityEnum.INFORMATION)
                .map(message -> describes.describe(message, resource, path))
                .collect(Collectors.partitioningBy(Finding::isError));
        return new Verdict(findings.getOrDefault(true, List.of()), findings.getOrDefault(false, List.of()));
    }
}
