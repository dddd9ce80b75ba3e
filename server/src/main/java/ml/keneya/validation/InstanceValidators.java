package ml.keneya.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.conformance.profile.ProfileUtilities;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.elementmodel.JsonParser;
import org.hl7.fhir.r5.elementmodel.ParserBase.ValidationPolicy;
import org.hl7.fhir.r5.elementmodel.ValidatedFragment;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.jspecify.annotations.Nullable;

/**
 * The library's validators, each lent to one thread for one record at a time. HAPI makes a new one for every record,
 * and each finds out again what the elements of every profile are. The library clears what belongs to a record before
 * the next one; what it misses is cleared here.
 */
final class InstanceValidators {

    /**
     * A validator keeps a list of the codings it saw, with the records around them, and never empties it (6.7.9). So it
     * is replaced after about a hundred usual records; what it keeps of them is some thirty times their text.
     */
    private static final int CHARACTERS_EACH = 400_000;

    /** More than this many can only work at once by waiting for each other. */
    private static final int MOST_KEPT = Runtime.getRuntime().availableProcessors();

    private final Deque<Lent> idle = new ConcurrentLinkedDeque<>();
    private final Supplier<Lent> another;

    /** @param like the module whose settings they have */
    InstanceValidators(FhirInstanceValidator like, IWorkerContext definitions) {
        this.another = () -> new Lent(like, definitions);
    }

    List<ValidationMessage> validate(String json, List<StructureDefinition> profiles) {
        Lent kept = idle.pollFirst();
        Lent lent = kept == null ? another.get() : kept;
        // One that fails is in a state that nobody knows, and does not come back.
        List<ValidationMessage> messages = lent.check(json, profiles);
        if (lent.characters < CHARACTERS_EACH && idle.size() < MOST_KEPT) {
            idle.addFirst(lent);
        }
        return messages;
    }

    private static final class Lent extends InstanceValidator {

        private final JsonParser parser;
        private int characters;

        /** With the settings that HAPI gives its own. */
        Lent(FhirInstanceValidator like, IWorkerContext definitions) {
            super(
                    definitions,
                    new FhirInstanceValidator.NullEvaluationContext(),
                    new XVerExtensionManagerOld(definitions),
                    new ValidatorSession(),
                    new ValidatorSettings());
            setAssumeValidRestReferences(like.isAssumeValidRestReferences());
            setBestPracticeWarningLevel(like.getBestPracticeWarningLevel());
            setAnyExtensionsAllowed(like.isAnyExtensionsAllowed());
            setResourceIdRule(IdStatus.OPTIONAL);
            setNoTerminologyChecks(like.isNoTerminologyChecks());
            setErrorForUnknownProfiles(like.isErrorForUnknownProfiles());
            setUnknownCodeSystemsCauseErrors(true);
            getExtensionDomains().addAll(like.getExtensionDomains());
            setFetcher(like.getValidatorResourceFetcher());
            setPolicyAdvisor(like.getValidatorPolicyAdvisor());
            setNoExtensibleWarnings(like.isNoExtensibleWarnings());
            setNoBindingMsgSuppressed(like.isNoBindingMsgSuppressed());
            setAllowExamples(like.isAllowExamples());
            setAllowXsiLocation(true);
            ProfileUtilities profiles = new ProfileUtilities(definitions, null, null, getFHIRPathEngine());
            this.parser = new Parser(definitions, profiles);
            parser.setupValidation(ValidationPolicy.EVERYTHING);
        }

        List<ValidationMessage> check(String json, List<StructureDefinition> profiles) {
            characters += json.length();
            // It tells of a withdrawn definition only once, and keeps texts for a service that we do not have.
            statusWarnings.clear();
            getTextsToCheck().clear();
            List<ValidationMessage> messages = new ArrayList<>();
            for (ValidatedFragment fragment : parsed(json)) {
                messages.addAll(fragment.getErrors());
                if (fragment.getElement() != null) {
                    validate(null, messages, null, fragment.getElement(), new ArrayList<>(profiles));
                }
            }
            return messages;
        }

        private List<ValidatedFragment> parsed(String json) {
            try {
                return parser.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** Finds the definition of a type by its address, where the library looks through all definitions one by one. */
    private static final class Parser extends JsonParser {

        private static final String TYPES = "http://hl7.org/fhir/StructureDefinition/";

        Parser(IWorkerContext definitions, ProfileUtilities profiles) {
            super(definitions, profiles);
        }

        @Override
        protected @Nullable StructureDefinition getDefinition(
                List<ValidationMessage> errors, int line, int column, @Nullable String type) {
            StructureDefinition known = type == null ? null : context.fetchTypeDefinition(type);
            // A type that names a version would be found too, and is none.
            return known != null && known.getUrl().equals(TYPES + type)
                    ? known
                    : super.getDefinition(errors, line, column, type);
        }
    }
}
