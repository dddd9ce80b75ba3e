package ml.keneya.test;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Resource;

/** What the exchange itself has to say of a record, stored or not. */
public final class Verdict {

    private static final String PROFILES = "https://keneya.ml/fhir/StructureDefinition/";

    private Verdict() {}

    /** @return why a record would be refused that must meet the profile as well as that of its type */
    public static List<String> errorsOf(Exchange exchange, Resource record, String profile) {
        return exchange
                .post(record.fhirType() + "/$validate?profile=" + PROFILES + profile, exchange.json(record))
                .hasStatus(200)
                .as(OperationOutcome.class)
                .getIssue()
                .stream()
                .filter(issue ->
                        issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL)
                .map(issue -> issue.getExpression() + " " + issue.getDiagnostics() + " "
                        + issue.getDetails().getText())
                .toList();
    }
}
