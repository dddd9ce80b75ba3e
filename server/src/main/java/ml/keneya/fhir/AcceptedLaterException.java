package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Ends a request before its work is done, because what was sent is kept and carried out later: 202, no failure. */
public class AcceptedLaterException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    private static final int ACCEPTED = 202;

    /** @param outcome says so, in the reader's language */
    public AcceptedLaterException(OperationOutcome outcome) {
        super(ACCEPTED, "Accepted for later.", outcome);
    }
}
