package ml.keneya.validation.compiled;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliProfiles;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.context.IWorkerContext;

/**
 * Checks a record against the profiles that apply to it, and those it claims, without the official validator. It only
 * ever accepts what that one would have nothing to say of.
 */
public final class CompiledValidator {

    private static final String TYPES = "http://hl7.org/fhir/StructureDefinition/";

    /** The official validator has further rules for these, in its code. */
    private static final Set<String> LEFT_OUT = Set.of(
            "Bundle",
            "Parameters",
            "Binary",
            "Questionnaire",
            "Measure",
            "MeasureReport",
            "CapabilityStatement",
            "CodeSystem",
            "ConceptMap",
            "NamingSystem",
            "OperationDefinition",
            "SearchParameter",
            "StructureDefinition",
            "StructureMap",
            "ValueSet",
            "ImplementationGuide",
            "TerminologyCapabilities",
            "MessageDefinition",
            "CompartmentDefinition",
            "GraphDefinition",
            "ExampleScenario",
            "Composition");

    private final MaliProfiles profiles;
    private final SameText sameText;
    private final Definitions definitions;
    private final AnswersRule answers;

    public CompiledValidator(FhirContext context, IWorkerContext official, MaliProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.sameText = new SameText(context);
        this.definitions = new Definitions(official, clock);
        this.answers = new AnswersRule(definitions::questionnaire, definitions.terminology());
    }

    /** Of a record as the exchange checks it: with the profiles that apply and those that it claims. */
    public Opinion of(Resource record) {
        if (LEFT_OUT.contains(record.fhirType()) || record.hasLanguage() || repeatsALabel(record)) {
            return Opinion.UNSURE;
        }
        try {
            Place top = Place.top(record);
            Opinion opinion = ofAll(profilesOf(record), top);
            if (opinion == Opinion.ACCEPT) {
                opinion = answers.of(top);
            }
            return opinion == Opinion.ACCEPT && !sameText.isOf(record) ? Opinion.UNSURE : opinion;
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            // The libraries throw whatever they meet in content that they did not expect.
            return Opinion.UNSURE;
        }
    }

    /** Those that apply and those that it claims; its type where there is none. */
    private List<String> profilesOf(Resource record) {
        List<String> asked = Stream.concat(
                        profiles.applyingTo(record).stream(),
                        record.getMeta().getProfile().stream().map(PrimitiveType::getValueAsString))
                .map(String::valueOf)
                .distinct()
                .toList();
        return asked.isEmpty() ? List.of(TYPES + record.fhirType()) : asked;
    }

    private Opinion ofAll(List<String> asked, Place place) {
        for (String profile : asked) {
            // Versions are matched in ways of their own; an unknown profile is a warning.
            Opinion opinion = profile.indexOf('|') >= 0
                    ? Opinion.UNSURE
                    : definitions.rule(profile).of(place);
            if (opinion != Opinion.ACCEPT) {
                return opinion;
            }
        }
        return Opinion.ACCEPT;
    }

    private static boolean repeatsALabel(Resource record) {
        List<Coding> labels = record.getMeta().getSecurity();
        return labels.stream()
                        .map(label -> label.getSystem() + "#" + label.getCode())
                        .distinct()
                        .count()
                < labels.size();
    }
}
