package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import ml.keneya.conformance.MaliProfiles;
import ml.keneya.validation.compiled.CompiledValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The compiled validator reads what the official one reads. */
@Configuration(proxyBeanMethods = false)
class CompilesValidation {

    @Bean
    CompiledValidator compiledValidator(
            FhirContext context, WorkerContextValidationSupportAdapter definitions, MaliProfiles profiles) {
        // The day of today is the server's, as it is for the official validator.
        return new CompiledValidator(context, definitions, profiles, Clock.systemDefaultZone());
    }
}
