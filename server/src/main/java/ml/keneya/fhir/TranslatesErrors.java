package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes an answer: a coded refusal in the client's language, and nothing of our
 * insides.
 */
@Interceptor(order = Integer.MIN_VALUE)
class TranslatesErrors {

    private static final Logger log = LoggerFactory.getLogger(TranslatesErrors.class);

    private final RefusalsOfHapi refusalsOfHapi;
    private final OnceAMinute fullDisk = new OnceAMinute();

    TranslatesErrors(RefusalsOfHapi refusalsOfHapi) {
        this.refusalsOfHapi = refusalsOfHapi;
    }

    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    BaseServerResponseException translate(RequestDetails request, Throwable failure) {
        if (failure instanceof NotModifiedException notModified) {
            return notModified;
        }
        if (failure instanceof AcceptedLaterException later) {
            return later;
        }
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        List<Refusal> refusals = refusalsOfHapi.read(failure, request);
        OperationOutcome outcome = Outcomes.of(refusals, language);
        if (failure instanceof RefusedException refused) {
            refused.remarks().forEach(outcome::addIssue);
        }
        RefusalCode decisive = refusals.get(0).code();
        if (decisive == RefusalCode.INTERNAL) {
            log.error("Request {} failed: {}", request.getRequestId(), FailureTrace.of(failure));
        } else if (decisive == RefusalCode.NO_ROOM) {
            // Only an operator can help, who would not see it better by a line for every request.
            if (fullDisk.isDue()) {
                log.error("Request {} refused: the disk of the database is full", request.getRequestId());
            }
        } else {
            log.info(
                    "Request {} of {} refused: {}",
                    request.getRequestId(),
                    Caller.of(request).client(),
                    decisive.id());
        }
        BaseServerResponseException answer =
                new UnclassifiedServerFailureException(decisive.status(), decisive.id(), outcome);
        if (decisive == RefusalCode.BUSY || decisive == RefusalCode.STILL_RUNNING) {
            answer.addResponseHeader("Retry-After", "5");
        }
        if (decisive == RefusalCode.NO_ROOM || decisive == RefusalCode.TOO_MANY_AT_ONCE) {
            answer.addResponseHeader("Retry-After", "60");
        }
        if (decisive == RefusalCode.TOO_MANY_CLAIMS || decisive == RefusalCode.TOO_MANY_EMERGENCIES) {
            answer.addResponseHeader("Retry-After", "3600");
        }
        if (decisive == RefusalCode.UNAUTHENTICATED) {
            answer.addResponseHeader("WWW-Authenticate", "Bearer");
        }
        if (decisive == RefusalCode.METHOD_NOT_ALLOWED
                && failure instanceof BaseServerResponseException original
                && original.hasResponseHeaders()) {
            original.getResponseHeaders()
                    .forEach((name, values) -> values.forEach(value -> answer.addResponseHeader(name, value)));
        }
        return answer;
    }
}
