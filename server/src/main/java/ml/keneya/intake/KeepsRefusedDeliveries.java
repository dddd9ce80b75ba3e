package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.intake.KeptDeliveries.Outcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps every bundle that was refused for what is in it, or that the exchange failed at, as it was received, and says
 * in header {@code Keneya-Quarantine} under which number. Of a batch, what matters is that some entry was refused.
 */
@Interceptor
@Component
class KeepsRefusedDeliveries implements FhirContribution {

    private static final Logger log = LoggerFactory.getLogger(KeepsRefusedDeliveries.class);

    private static final String HEADER = "Keneya-Quarantine";

    /** They say that the sender may not deliver, or should try again or otherwise: there is nothing to correct. */
    private static final Set<Integer> NOT_FOR_ITS_CONTENT = Set.of(401, 403, 406, 408, 409, 415, 429);

    private final FhirContext context;
    private final KeptDeliveries deliveries;

    KeepsRefusedDeliveries(FhirContext context, KeptDeliveries deliveries) {
        this.context = context;
        this.deliveries = deliveries;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    static boolean isForItsContent(int status) {
        return status >= 400 && status < 500 && !NOT_FOR_ITS_CONTENT.contains(status);
    }

    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    void refused(ServletRequestDetails request, BaseServerResponseException answer) {
        // What the exchange itself failed at somebody must see too.
        boolean needsSomebody = isForItsContent(answer.getStatusCode())
                || answer.getStatusCode() == HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        if (needsSomebody
                && Arrival.is(request)
                && answer.getOperationOutcome() instanceof OperationOutcome outcome
                && !wasAccepted(outcome)) {
            keep(request, answer.getStatusCode(), outcome);
        }
    }

    // Its content is kept already; only the answer is not.
    private static boolean wasAccepted(OperationOutcome outcome) {
        String decisive =
                outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode();
        return RefusalCode.ANSWER_FORGOTTEN.id().equals(decisive);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void answered(RequestDetails request, ResponseDetails response) {
        if (!(request instanceof ServletRequestDetails servlet)
                || !(request.getResource() instanceof Bundle sent)
                || !(response.getResponseResource() instanceof Bundle answer)
                || request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION
                || sent.getType() != BundleType.BATCH) {
            return;
        }
        OperationOutcome outcome = RefusedEntries.of(sent, answer);
        if (outcome.hasIssue()) {
            keep(servlet, 200, outcome);
        } else if (RefusedEntries.someMayBeTriedAgain(answer)) {
            name(servlet);
        } else {
            settle(servlet, sent);
        }
    }

    /** Who corrects a kept batch after its last try must find what is stored of it, which stands under its name. */
    private void name(ServletRequestDetails request) {
        UUID keptAs = Arrival.keptAs(request);
        if (keptAs == null) {
            return;
        }
        try {
            deliveries.name(keptAs, Arrival.of(request).key());
        } catch (RuntimeException failure) {
            log.error("Delivery {} keeps its number for a name: {}", keptAs, FailureTrace.of(failure));
        }
    }

    /** A delivery is refused in any case; that it could not be kept must not hide why. */
    private void keep(ServletRequestDetails request, int status, OperationOutcome outcome) {
        if (InnerRequests.isProbed(request.getServletRequest())) {
            return;
        }
        try {
            Arrival arrival = Arrival.of(request);
            UUID keptAs = Arrival.keptAs(request);
            if (keptAs != null) {
                InnerRequests.tellRefusedEntries(request.getServletRequest(), outcome);
                deliveries.name(keptAs, arrival.key());
                return;
            }
            String code = RefusalCodes.decisive(outcome);
            String json = context.newJsonParser().encodeResourceToString(outcome);
            deliveries
                    .keepRefused(arrival, new Outcome(status, code, json))
                    .ifPresentOrElse(
                            id -> request.getServletResponse().setHeader(HEADER, id.toString()),
                            () -> log.warn("Request {} was refused and not kept: too many.", request.getRequestId()));
        } catch (RuntimeException failure) {
            log.error("Request {} could not be kept: {}", request.getRequestId(), FailureTrace.of(failure));
        }
    }

    /** A batch is settled once no entry is refused; an earlier try that stays on the list can be dismissed. */
    private void settle(ServletRequestDetails request, Bundle sent) {
        try {
            deliveries.settleCorrected(Submission.of(sent, request), Arrival.keptAs(request));
        } catch (RuntimeException failure) {
            log.error("Tries before request {} stay listed: {}", request.getRequestId(), FailureTrace.of(failure));
        }
    }
}
