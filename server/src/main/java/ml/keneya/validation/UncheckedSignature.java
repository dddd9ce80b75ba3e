package ml.keneya.validation;

import ca.uhn.fhir.validation.IValidationContext;
import ca.uhn.fhir.validation.ValidationContext;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signature of a Bundle from the validator, which trusts its content and fails on what it does not expect.
 * The exchange holds no keys to check one with, so it says that it did not.
 */
final class UncheckedSignature {

    private UncheckedSignature() {}

    static boolean isIn(@Nullable Object resource) {
        return resource instanceof Bundle bundle
                && (bundle.getSignature().hasData() || bundle.getSignature().hasSigFormat());
    }

    /** The same Bundle without what the validator would decode; positions of everything else stay. */
    static IValidationContext<?> leaveOut(IValidationContext<?> context) {
        Bundle unsigned = ((Bundle) context.getResource()).copy();
        unsigned.getSignature().setDataElement(null).setSigFormatElement(null);
        return ValidationContext.forResource(context.getFhirContext(), (IBaseResource) unsigned, context.getOptions());
    }

    static ValidationMessage remark() {
        ValidationMessage message = new ValidationMessage();
        message.setLevel(IssueSeverity.WARNING);
        message.setLocation("Bundle.signature");
        message.setMessageId(ValidatorMessages.SIGNATURE_UNCHECKED);
        message.setMessage(ValidatorMessages.SIGNATURE_UNCHECKED);
        return message;
    }
}
