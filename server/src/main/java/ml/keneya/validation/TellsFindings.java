package ml.keneya.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;

/**
 * Answers {@code Prefer: return=OperationOutcome} (FHIR R4, RESTful API, "Managing Return Content") to whoever writes
 * one record: that it is kept, and what validation has to say of it. Without that header the answer is the record, or
 * nothing.
 */
@Interceptor
@Component
class TellsFindings {

    private static final String VERDICT = Verdict.class.getName();
    private static final Set<RestOperationTypeEnum> WRITES =
            Set.of(RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.PATCH);

    /** Keeps the verdict on the record of this request for its answer. */
    static void remember(RequestDetails request, Verdict verdict) {
        request.getUserData().put(VERDICT, verdict);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void tell(RequestDetails request, IBaseResource answer) {
        if (answer instanceof OperationOutcome outcome && WRITES.contains(request.getRestOperationType())) {
            Language language = Language.accepted(request.getHeader("Accept-Language"));
            // HAPI says the same in English, with the time it took.
            outcome.getIssue().clear();
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics(Outcomes.message("validation.kept", language));
            if (request.getUserData().get(VERDICT) instanceof Verdict verdict) {
                verdict.remarks(language).forEach(outcome::addIssue);
            }
        }
    }
}
