package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.Constants;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** Puts refusals into the words of the catalogue. The only reader of the message files. */
public final class Outcomes {

    private static final String MESSAGES = "ml.keneya.fhir.refusals";

    private Outcomes() {}

    public static OperationOutcome of(List<Refusal> refusals, Language language) {
        OperationOutcome outcome = new OperationOutcome();
        refusals.forEach(refusal -> outcome.addIssue(issueOf(refusal, language)));
        return outcome;
    }

    /**
     * One issue. {@code diagnostics} repeats the message with its remedy because some clients (the Android FHIR SDK)
     * show nothing else.
     */
    public static OperationOutcomeIssueComponent issueOf(Refusal refusal, Language language) {
        String message = words(refusal.code().id(), refusal.arguments(), language);
        String remedy = words(refusal.code().id() + ".remedy", refusal.arguments(), language);
        OperationOutcomeIssueComponent issue = new OperationOutcomeIssueComponent()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(refusal.issueType())
                .setDiagnostics(message + " " + remedy);
        CodeableConcept details = issue.getDetails().setText(message);
        details.addCoding()
                .setSystem(messages(language).getString("system"))
                .setCode(refusal.code().id());
        if (refusal.name() != null) {
            details.addCoding()
                    .setSystem(Constants.JAVA_VALIDATOR_DETAILS_SYSTEM)
                    .setCode(refusal.name());
        }
        refusal.expression().forEach(issue::addExpression);
        return issue;
    }

    /** The words of a plain message that refuses nothing, for example of an informational issue. */
    public static String message(String key, Language language, Object... arguments) {
        return words(key, List.of(arguments), language);
    }

    private static String words(String key, List<Object> arguments, Language language) {
        Object[] spoken = arguments.stream()
                .map(argument -> argument instanceof Localized localized ? localized.in(language) : argument)
                .map(String::valueOf)
                .toArray();
        return new MessageFormat(messages(language).getString(key), language.locale())
                .format(spoken)
                .strip();
    }

    private static ResourceBundle messages(Language language) {
        return ResourceBundle.getBundle(
                MESSAGES,
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
