package ml.keneya.security.trace;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no byte of an answer out before the access is written down. If that fails, nothing of the answer leaves and the
 * access is refused with 503; what a write had committed by then stays, and sending it again finds that it was done.
 */
class AnswersOnceTraced extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(AnswersOnceTraced.class);

    private static final String REFUSAL = AnswersOnceTraced.class.getName();

    private final FhirContext context;

    /** Looked for on use, because filters are made before there is a database, and once, because it costs a request. */
    private final Supplier<Trace> trace;

    private final Clock clock;

    AnswersOnceTraced(FhirContext context, ObjectProvider<Trace> trace, Clock clock) {
        this.context = context;
        this.trace = SingletonSupplier.of(trace::getObject);
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestIds.settle(request);
        Access access = new Access(clock.instant());
        access.attachTo(request);
        Company.Guest guest;
        try {
            guest = trace.get().company().enters();
        } catch (BeansException notYet) {
            log.error("An access could not be traced: {}", FailureTrace.of(notYet));
            refuse(request, response);
            return;
        }
        HeldResponse held = new HeldResponse(response, status -> isWritten(access, request, status, guest));
        try {
            answer(access, request, held, chain);
            if (!held.release(response.getStatus())) {
                refuse(request, response);
            }
        } finally {
            guest.arrives();
        }
    }

    private static void answer(Access access, HttpServletRequest request, HeldResponse held, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, held);
        } catch (IOException | ServletException | RuntimeException failed) {
            access.fails(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, null);
            held.release(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            throw failed;
        }
    }

    private boolean isWritten(Access access, HttpServletRequest request, int status, Company.Guest guest) {
        try {
            Trace writer = trace.get();
            new WritesAccessDown(event -> writer.write(event, guest::arrives)).write(access, request, status);
            return true;
        } catch (TraceUnavailableException unavailable) {
            request.setAttribute(REFUSAL, unavailable.refusal());
            return false;
        } catch (RuntimeException unforeseen) {
            log.error("An access could not be traced: {}", FailureTrace.of(unforeseen));
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        RefusalCode code =
                request.getAttribute(REFUSAL) instanceof RefusalCode known ? known : RefusalCode.TRACE_UNAVAILABLE;
        String outcome =
                context.newJsonParser().encodeResourceToString(Outcomes.of(List.of(Refusal.of(code)), language));
        byte[] body = outcome.getBytes(StandardCharsets.UTF_8);
        response.reset();
        response.setStatus(code.status());
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setHeader("Retry-After", code == RefusalCode.NO_ROOM ? "60" : "5");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
