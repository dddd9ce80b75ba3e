package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.validation.IValidationContext;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.List;

/** A validation with more profiles to check against; its own options may be shared and unmodifiable. */
final class WithProfiles<T> implements IValidationContext<T> {

    private final IValidationContext<T> original;
    private final ValidationOptions options;

    WithProfiles(IValidationContext<T> original, List<String> canonicals) {
        this.original = original;
        this.options =
                new ValidationOptions().setAppContext(original.getOptions().getAppContext());
        canonicals.forEach(options::addProfile);
        original.getOptions().getProfiles().forEach(options::addProfile);
    }

    @Override
    public ValidationOptions getOptions() {
        return options;
    }

    @Override
    public FhirContext getFhirContext() {
        return original.getFhirContext();
    }

    @Override
    public T getResource() {
        return original.getResource();
    }

    @Override
    public String getResourceAsString() {
        return original.getResourceAsString();
    }

    @Override
    public EncodingEnum getResourceAsStringEncoding() {
        return original.getResourceAsStringEncoding();
    }

    @Override
    public void addValidationMessage(SingleValidationMessage message) {
        original.addValidationMessage(message);
    }

    @Override
    public List<SingleValidationMessage> getMessages() {
        return original.getMessages();
    }

    @Override
    public ValidationResult toResult() {
        return original.toResult();
    }
}
