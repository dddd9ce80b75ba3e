package ml.keneya.validation;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * One thing the validator says of one element.
 *
 * @param expression FHIRPath of the element, from the top of what was sent
 */
record Finding(ResultSeverityEnum severity, String expression, String text) {

    boolean isError() {
        return severity == ResultSeverityEnum.ERROR || severity == ResultSeverityEnum.FATAL;
    }

    Refusal asRefusal() {
        Refusal refusal = Refusal.of(RefusalCode.INVALID_RESOURCE, text).at(expression);
        return severity == ResultSeverityEnum.FATAL ? refusal.because(IssueType.EXCEPTION) : refusal;
    }

    OperationOutcomeIssueComponent asRemark(Language language) {
        OperationOutcomeIssueComponent issue = new OperationOutcomeIssueComponent()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.INVALID)
                .setDiagnostics(text);
        issue.addExpression(expression);
        return issue;
    }
}
