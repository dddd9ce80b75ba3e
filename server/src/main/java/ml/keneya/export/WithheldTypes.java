package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** The file of an export that says which types its audience gets nothing of: nobody should take silence for none. */
final class WithheldTypes {

    /** Files of records are numbered from 1. */
    static final long PART = 0;

    private WithheldTypes() {}

    static boolean areIn(ExportJob job) {
        return !job.request().withheld().isEmpty();
    }

    /** One line, an issue a type. */
    static byte[] line(ExportJob job, Language language, FhirContext context) {
        OperationOutcome outcome = new OperationOutcome();
        job.request()
                .withheld()
                .forEach(type -> outcome.addIssue()
                        .setSeverity(IssueSeverity.WARNING)
                        .setCode(IssueType.SUPPRESSED)
                        .setDiagnostics(Outcomes.message("export.withheld", language, type)));
        return (context.newJsonParser().encodeResourceToString(outcome) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
