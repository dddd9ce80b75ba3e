package ml.keneya.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.jspecify.annotations.Nullable;

/**
 * HAPI 8.8.0 reports a language outside FHIR's short list of common languages as an error although the list is only
 * recommended, which would refuse every patient who speaks Bambara. Leaving the question to the next in the chain gives
 * the note that FHIR asks for. Delete this class when HAPI answers "not in the value set" instead of "invalid code".
 */
final class LanguagesAsRecommended extends CommonCodeSystemsTerminologyService {

    LanguagesAsRecommended(FhirContext context) {
        super(context);
    }

    @Override
    public @Nullable CodeValidationResult validateCode(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            String codeSystem,
            String code,
            @Nullable String display,
            @Nullable String valueSetUrl) {
        if (LANGUAGES_VALUESET_URL.equals(valueSetUrl)) {
            return null;
        }
        return super.validateCode(context, options, codeSystem, code, display, valueSetUrl);
    }
}
