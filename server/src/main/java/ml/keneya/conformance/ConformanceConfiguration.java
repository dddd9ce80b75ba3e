package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Definitions and terminology in memory, from the class path alone (decisions 12 and 23): nothing is looked up in the
 * database or on the network while a bundle is checked.
 */
@Configuration(proxyBeanMethods = false)
class ConformanceConfiguration {

    /** The bean that takes the place of HAPI's database-backed chain. */
    static final String CHAIN = "maliValidationSupport";

    @Bean
    ConformancePackages conformancePackages(FhirContext context) {
        return ConformancePackages.load(context);
    }

    @Bean
    MaliProfiles maliProfiles(ConformancePackages packages) {
        return new MaliProfiles(packages);
    }

    @Bean
    SensitiveCodes sensitiveCodes(ConformancePackages packages) {
        return new SensitiveCodes(packages);
    }

    @Bean(CHAIN)
    @Primary
    IValidationSupport maliValidationSupport(
            FhirContext context, ConformancePackages packages, WorkerContextValidationSupportAdapter workerContext) {
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
        packages.resources().forEach(ours::addResource);
        InMemoryTerminologyServerValidationSupport terminology =
                new InMemoryTerminologyServerValidationSupport(context);
        // A display in another language or spelling is right when its code is.
        terminology.setIssueSeverityForCodeDisplayMismatch(IValidationSupport.IssueSeverity.INFORMATION);
        ValidationSupportChain chain = new ValidationSupportChain(
                ours,
                new DefinitionsReadAhead(context),
                terminology,
                new DefinitionsOfAnswers(context, packages),
                new LanguagesAsRecommended(context),
                new SnapshotGeneratingValidationSupport(context, workerContext),
                new AcceptsLicensedCodes(context));
        // One coding of ours beside a CVX or LOINC coding is enough; the others only help the reader.
        chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);
        workerContext.setValidationSupport(chain);
        return chain;
    }
}
