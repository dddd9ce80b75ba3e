package ml.keneya.validation;

import ml.keneya.fhir.Language;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * What the validator knows, told in the language of the request that the thread works for. HAPI's own context takes one
 * language from the FhirContext for good, and a validator for each language would hold every definition twice.
 */
@Component
@Primary
class BilingualWorkerContext extends WorkerContextValidationSupportAdapter {

    private final ValidatorMessages messages;

    BilingualWorkerContext(ValidatorMessages messages) {
        this.messages = messages;
    }

    @Override
    public String formatMessage(String key, Object... arguments) {
        return messages.say(Language.current(), key, arguments);
    }

    @Override
    public String formatMessagePlural(Integer number, String key, Object... arguments) {
        return messages.sayOfSeveral(Language.current(), number, key, arguments);
    }
}
