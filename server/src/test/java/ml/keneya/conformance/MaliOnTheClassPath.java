package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.function.Function;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
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

    /**
     * For what is published and read by people. The exchange holds FHIR's definitions without what explains them, and
     * all of a process share HAPI's one copy of them: to be called before {@link #load()}.
     */
    public static IValidationSupport definitionsWithTheirProse() {
        FhirContext context = FhirContext.forR4Cached();
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
        ConformancePackages.load(context).resources().forEach(ours::addResource);
        return new ValidationSupportChain(
                ours, new DefaultProfileValidationSupport(context), new SnapshotGeneratingValidationSupport(context));
    }
}
