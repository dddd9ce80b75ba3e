package ml.keneya.security.trace;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what the HTTP face learns of a request: what was asked, how many records went out, why it was refused. A
 * request that the exchange makes to itself, for a delivery that it kept, has no filter around it and is written down
 * here when it is done.
 */
@Interceptor(order = Integer.MIN_VALUE)
class NotesAccess {

    private static final Logger log = LoggerFactory.getLogger(NotesAccess.class);

    private static final Pattern CODE = Pattern.compile("ML-[A-Z]+-\\d{3}");
    private static final String INNER = NotesAccess.class.getName();

    private final WritesAccessDown writes;
    private final Clock clock;

    NotesAccess(WritesAccessDown writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void begin(ServletRequestDetails request) {
        Optional<Access> held = Access.of(request.getServletRequest());
        if (held.isPresent()) {
            held.get().attachTo(request);
            return;
        }
        Access inner = new Access(clock.instant());
        inner.attachTo(request);
        request.getUserData().put(INNER, inner);
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Integer.MAX_VALUE)
    void count(RequestDetails request, ResponseDetails response) {
        IBaseResource answer = response.getResponseResource();
        if (answer != null && !(answer instanceof OperationOutcome)) {
            Access.of(request).ifPresent(access -> access.answers(recordsIn(answer)));
        }
    }

    private static int recordsIn(IBaseResource answer) {
        if (!(answer instanceof Bundle bundle)) {
            return 1;
        }
        int entries = (int) bundle.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() != SearchEntryMode.OUTCOME)
                .count();
        // Who asks only for the number is told the number.
        return entries == 0 && bundle.hasTotal() ? bundle.getTotal() : entries;
    }

    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    void failed(RequestDetails request, BaseServerResponseException failure) {
        String code = String.valueOf(failure.getMessage());
        Access.of(request)
                .ifPresent(access ->
                        access.fails(failure.getStatusCode(), CODE.matcher(code).matches() ? code : null));
    }

    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED)
    void end(ServletRequestDetails request) {
        if (request.getUserData().get(INNER) instanceof Access inner) {
            try {
                writes.write(inner, request.getServletRequest(), inner.statusOr(200));
            } catch (TraceUnavailableException unwritten) {
                // Nobody waits for this answer; what was written is written, and its acceptance was traced before.
                log.error("Request {} of a kept delivery is not traced", request.getRequestId());
            }
        }
    }
}
