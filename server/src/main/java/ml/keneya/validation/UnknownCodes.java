package ml.keneya.validation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r5.model.OperationOutcome;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;

/**
 * A code that its system does not have refuses a record only where a list is required; everywhere else it is remarked
 * on and kept (decision 0037, note of 2026-11-29). The library knows no such difference: it calls the code wrong before
 * it looks how strongly the list binds. So the code alone is made a warning, and an error again where the library has
 * refused it for a required list.
 */
final class UnknownCodes {

    private static final String TX_ISSUE_TYPE = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type";
    private static final String TOLD = "Terminology_PassThrough_TX_Message";

    /** What the library says of a code outside of a required list. */
    private static final Set<String> REFUSED = Set.of(
            I18nConstants.TERMINOLOGY_TX_NOVALID_1_CC,
            I18nConstants.TERMINOLOGY_TX_NOVALID_4,
            I18nConstants.TERMINOLOGY_TX_NOVALID_12,
            I18nConstants.TERMINOLOGY_TX_NOVALID_16,
            I18nConstants.TERMINOLOGY_TX_CONFIRM_4a);

    private UnknownCodes() {}

    /** @param result of one question; it is changed */
    static ValidationResult remarkedOn(ValidationResult result) {
        result.getIssues().stream()
                .filter(issue -> issue.getSeverity() == OperationOutcome.IssueSeverity.ERROR)
                .filter(issue -> issue.getDetails().hasCoding(TX_ISSUE_TYPE, "invalid-code"))
                .forEach(issue -> issue.setSeverity(OperationOutcome.IssueSeverity.WARNING));
        return result;
    }

    /** @param messages of one record; their levels are changed */
    static void refuseWhereRequired(List<ValidationMessage> messages) {
        Set<String> refused = messages.stream()
                .filter(message -> message.getLevel().isError()
                        && message.getMessageId() != null
                        && REFUSED.contains(message.getMessageId()))
                .map(ValidationMessage::getLocation)
                .collect(Collectors.toSet());
        messages.stream()
                .filter(message -> TOLD.equals(message.getMessageId())
                        && message.getType() == ValidationMessage.IssueType.CODEINVALID
                        && message.getLevel() == IssueSeverity.WARNING)
                .filter(message -> refused.stream().anyMatch(place -> isAt(place, message.getLocation())))
                .forEach(message -> message.setLevel(IssueSeverity.ERROR));
    }

    /** The same element, or a coding of the concept. */
    private static boolean isAt(String refused, String told) {
        return refused.equals(told) || refused.startsWith(told + ".coding");
    }
}
