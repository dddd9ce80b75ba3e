package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;

/** What is valid in Mali, as the server holds it in memory, for tests that need no server. */
public record MaliOnTheClassPath(
        FhirContext context,
        MaliProfiles profiles,
        IValidationSupport support,
        WorkerContextValidationSupportAdapter workerContext) {

    public static MaliOnTheClassPath load() {
        FhirContext context = FhirContext.forR4Cached();
        ConformancePackages packages = ConformancePackages.load(context);
        WorkerContextValidationSupportAdapter workerContext = new WorkerContextValidationSupportAdapter();
        IValidationSupport support = new ConformanceConfiguration()
                .maliValidationSupport(context, packages, new DefaultProfileValidationSupport(context), workerContext);
        return new MaliOnTheClassPath(context, new MaliProfiles(packages), support, workerContext);
    }
}
