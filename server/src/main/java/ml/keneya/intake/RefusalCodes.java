package ml.keneya.intake;

import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;

/** Reads our codes in outcomes. */
final class RefusalCodes {

    private RefusalCodes() {}

    /** The code of the first issue, which decides; null when it has none. */
    static @Nullable String decisive(OperationOutcome outcome) {
        return outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode();
    }
}
