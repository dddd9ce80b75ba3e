package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import ml.keneya.fhir.AcceptedLaterException;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;

/**
 * Answers {@code Prefer: respond-async} (RFC 7240) as soon as the bytes of a bundle are durable: 202 with the address
 * where its outcome will be. Nothing has been read of it then; the worker does that.
 */
@Interceptor(order = 2000)
@Component
class AcceptsForLater implements FhirContribution {

    private static final Pattern ASYNCHRONOUS =
            Pattern.compile("(^|[,;\\s])respond-async($|[,;\\s])", Pattern.CASE_INSENSITIVE);
    /** What a client may wait before it asks again. */
    static final String SECONDS_TO_WAIT = "2";

    private final WaitingDeliveries deliveries;
    private final WorksOffDeliveries worker;
    private final IntakeSettings settings;

    AcceptsForLater(WaitingDeliveries deliveries, WorksOffDeliveries worker, IntakeSettings settings) {
        this.settings = settings;
        this.deliveries = deliveries;
        this.worker = worker;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean accept(RequestDetails request) {
        if (!(request instanceof ServletRequestDetails delivery)
                || !Arrival.is(delivery)
                || !isWantedLater(String.join(",", request.getHeaders("Prefer")))
                || InnerRequests.keptAs(delivery.getServletRequest()).isPresent()) {
            return true;
        }
        String contentType = request.getHeader("Content-Type");
        if (contentType != null && EncodingEnum.forContentType(contentType) == null) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, contentType.replaceAll("[^\\w/+*.;=, -]", "")));
        }
        if (delivery.loadRequestContents().length == 0) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
        UUID id = enqueue(Arrival.of(delivery));
        HttpServletResponse response = delivery.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("Content-Location", statusOf(id, request.getFhirServerBase()));
        response.setHeader("Preference-Applied", "respond-async");
        response.setHeader("Retry-After", SECONDS_TO_WAIT);
        return false;
    }

    /** Who also says how long it waits is answered at once, if that can be done in this time. */
    private static boolean isWantedLater(String prefer) {
        return ASYNCHRONOUS.matcher(prefer).find() && !TimeBudget.isWaitedFor(prefer);
    }

    /** From now on the time counts that the sender of a delivery waits. */
    void beginBudget(Bundle bundle, ServletRequestDetails request) {
        TimeBudget.begin(bundle, request, settings.timeBudget());
    }

    /** Keeps a delivery that could not be carried out in time, and answers so. */
    AcceptedLaterException moved(ServletRequestDetails request) {
        UUID id = enqueue(Arrival.of(request));
        String status = statusOf(id, request.getFhirServerBase());
        OperationOutcome said = new OperationOutcome();
        said.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(Outcomes.message(
                        "delivery.moved", Language.accepted(request.getHeader("Accept-Language")), status));
        AcceptedLaterException moved = new AcceptedLaterException(said);
        moved.addResponseHeader("Content-Location", status);
        moved.addResponseHeader("Retry-After", SECONDS_TO_WAIT);
        return moved;
    }

    /** @return under which number it waits */
    private UUID enqueue(Arrival arrival) {
        UUID id = deliveries.enqueue(arrival).orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.BUSY)));
        worker.wake();
        return id;
    }

    static String statusOf(UUID delivery, String base) {
        return base + "/$delivery-status?id=" + delivery;
    }
}
