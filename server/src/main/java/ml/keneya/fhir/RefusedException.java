package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** Ends a request with one or more refusals; the first decides the status. Put into words once, at the edge. */
public class RefusedException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;
    private final transient List<OperationOutcomeIssueComponent> remarks;

    public RefusedException(Refusal... refusals) {
        this(List.of(refusals), List.of());
    }

    /** @param remarks warnings and information that go with the refusals, already in the reader's language */
    public RefusedException(List<Refusal> refusals, List<OperationOutcomeIssueComponent> remarks) {
        super(refusals.get(0).code().status(), codesOf(refusals));
        this.refusals = List.copyOf(refusals);
        this.remarks = List.copyOf(remarks);
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    List<OperationOutcomeIssueComponent> remarks() {
        return remarks;
    }

    private static String codesOf(List<Refusal> refusals) {
        return refusals.stream().map(refusal -> refusal.code().id()).distinct().collect(Collectors.joining(", "));
    }
}
