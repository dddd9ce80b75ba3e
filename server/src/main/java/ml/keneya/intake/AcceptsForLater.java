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
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
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

    AcceptsForLater(WaitingDeliveries deliveries, WorksOffDeliveries worker) {
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
                || !ASYNCHRONOUS
                        .matcher(String.join(",", request.getHeaders("Prefer")))
                        .find()
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
        UUID id = deliveries
                .enqueue(Arrival.of(delivery))
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.BUSY)));
        worker.wake();
        HttpServletResponse response = delivery.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("Content-Location", request.getFhirServerBase() + "/$delivery-status?id=" + id);
        response.setHeader("Preference-Applied", "respond-async");
        response.setHeader("Retry-After", SECONDS_TO_WAIT);
        return false;
    }
}
