package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.function.Function;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;

/** What is valid in Mali, as the server holds it in memory, for tests that need no server. */
public record MaliOnTheClassPath(
        FhirContext context,
        ConformancePackages packages,
        MaliProfiles profiles,
        IValidationSupport support,
        WorkerContextValidationSupportAdapter workerContext) {

    public static MaliOnTheClassPath load() {
        return load(profiles -> new WorkerContextValidationSupportAdapter());
    }

    /** @param adapter makes the worker context that the validator is to have */
    public static MaliOnTheClassPath load(Function<MaliProfiles, WorkerContextValidationSupportAdapter> adapter) {
        FhirContext context = FhirContext.forR4Cached();
        ConformancePackages packages = ConformancePackages.load(context);
        MaliProfiles profiles = new MaliProfiles(packages);
        WorkerContextValidationSupportAdapter workerContext = adapter.apply(profiles);
        IValidationSupport support =
                new ConformanceConfiguration().maliValidationSupport(context, packages, workerContext);
        return new MaliOnTheClassPath(context, packages, profiles, support, workerContext);
    }
}
