package ml.keneya.validation.compiled;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.Enumerations.BindingStrength;
import org.hl7.fhir.r5.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r5.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.jspecify.annotations.Nullable;

/**
 * Whether the official validator would have something to say of a coded value. It is asked in the same words as the
 * official validator asks, once for each value: definitions do not change while the exchange runs (decision 23), and
 * clinics send the same few hundred codes again and again.
 */
final class Terminology {

    /** Some 200 bytes each. When strangers' codes have filled it, it begins anew. */
    private static final int MOST_REMEMBERED = 20_000;

    private static final int LONGEST_REMEMBERED = 300;
    private static final String TX_ISSUE_TYPE = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type";

    private final IWorkerContext definitions;
    private final Map<Question, Boolean> answers = new ConcurrentHashMap<>();

    Terminology(IWorkerContext definitions) {
        this.definitions = definitions;
    }

    /** Nothing to say; otherwise whoever asks is unsure. */
    boolean isSilentOn(Question question) {
        Boolean known = answers.get(question);
        if (known != null) {
            return known;
        }
        boolean silent = ask(question);
        if (question.length() <= LONGEST_REMEMBERED) {
            if (answers.size() >= MOST_REMEMBERED) {
                answers.clear();
            }
            answers.put(question, silent);
        }
        return silent;
    }

    /** Whether a code is in a value set that is known, and there is nothing to say of it. */
    boolean isIn(String valueSet, Code code) {
        ValueSet known = definitions.fetchResource(ValueSet.class, valueSet);
        return known != null
                && isSilentOn(new Question(
                        Form.CODING, new Binding(valueSet, BindingStrength.REQUIRED, known), List.of(code)));
    }

    int remembered() {
        return answers.size();
    }

    private boolean ask(Question question) {
        Binding binding = question.binding();
        return switch (question.form()) {
            case CONCEPT -> isSilentOnConcept(question.codes(), binding);
            case CODING -> isSilentOnCoding(question.codes().get(0), binding);
            case CODE -> isSilentOnCode(question.codes().get(0).code(), binding);
        };
    }

    private boolean isSilentOnConcept(List<Code> codes, @Nullable Binding binding) {
        CodeableConcept concept = new CodeableConcept();
        codes.forEach(code -> concept.addCoding(code.asCoding()));
        if (binding == null || binding.isExample()) {
            return codes.isEmpty() || saysNothing(definitions.validateCode(settings(), concept, null));
        }
        ValueSet valueSet = binding.valueSet();
        if (codes.isEmpty()) {
            return !binding.warns();
        }
        ValidationResult result = definitions.validateCode(settings(), concept, valueSet);
        return saysNothing(result) && (result.isOk() ? isSilent(result) : !binding.warns());
    }

    private boolean isSilentOnCoding(Code code, @Nullable Binding binding) {
        if (code.code() == null || code.system() == null) {
            return code.code() == null;
        }
        if (binding != null && !binding.isExample()) {
            ValidationResult result = definitions.validateCode(settings(), code.asCoding(), binding.valueSet());
            return saysNothing(result) && (result.isOk() ? isSilent(result) : !binding.warns());
        }
        String system = code.system();
        if (!Text.isAddress(system)
                || definitions.fetchResource(ValueSet.class, system) != null
                || !definitions.getTxSupportInfo(system, code.version()).isSupported()) {
            return false;
        }
        ValidationResult result =
                definitions.validateCode(settings(), system, code.version(), code.code(), code.display());
        return saysNothing(result) && result.isOk() && result.getMessage() == null;
    }

    private boolean isSilentOnCode(@Nullable String code, @Nullable Binding binding) {
        if (binding == null || code == null || binding.isExample()) {
            return binding == null || code != null;
        }
        ValidationResult result = definitions.validateCode(settings().withGuessSystem(), code, binding.valueSet());
        return saysNothing(result) && (result.isOk() ? isSilent(result) : !binding.warns());
    }

    private static ValidatorSettings settings() {
        return new ValidatorSettings();
    }

    private static boolean isSilent(ValidationResult valid) {
        return valid.getMessage() == null || valid.getSeverity() == ValidationMessage.IssueSeverity.INFORMATION;
    }

    private static boolean saysNothing(ValidationResult result) {
        return result.getIssues().stream().allMatch(Terminology::saysNothing);
    }

    private static boolean saysNothing(OperationOutcomeIssueComponent issue) {
        return issue.getSeverity() == IssueSeverity.INFORMATION
                || issue.getDetails().hasCoding(TX_ISSUE_TYPE, "not-in-vs")
                || issue.getDetails().hasCoding(TX_ISSUE_TYPE, "this-code-not-in-vs");
    }

    /** How a coded value is written. */
    enum Form {
        CONCEPT,
        CODING,
        CODE
    }

    /** A coded value and what it is bound to. */
    record Question(Form form, @Nullable Binding binding, List<Code> codes) {

        Question {
            codes = List.copyOf(codes);
        }

        int length() {
            return codes.stream().mapToInt(Code::length).sum();
        }
    }

    /** One code with what stands beside it. */
    record Code(
            @Nullable String system,
            @Nullable String version,
            @Nullable String code,
            @Nullable String display) {

        Coding asCoding() {
            return new Coding(system, code, display).setVersion(version);
        }

        int length() {
            return length(system) + length(version) + length(code) + length(display);
        }

        private static int length(@Nullable String part) {
            return part == null ? 0 : part.length();
        }
    }

    /** A value set and how strictly it is asked for; one binding of a definition is one object. */
    record Binding(String url, BindingStrength strength, ValueSet valueSet) {

        boolean isExample() {
            return strength == BindingStrength.EXAMPLE;
        }

        /** Whether a code outside of the value set is worth a warning at least. */
        boolean warns() {
            return strength == BindingStrength.REQUIRED || strength == BindingStrength.EXTENSIBLE;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Binding same && url.equals(same.url) && strength == same.strength;
        }

        @Override
        public int hashCode() {
            return url.hashCode() + strength.ordinal();
        }
    }
}
