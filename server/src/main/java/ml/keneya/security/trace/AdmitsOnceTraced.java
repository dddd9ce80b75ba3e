package ml.keneya.security.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.security.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no token and no code out, and no refusal of one, before the try is written down. */
class AdmitsOnceTraced extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(AdmitsOnceTraced.class);

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectProvider<Trace> trace;
    private final Clock clock;

    AdmitsOnceTraced(ObjectProvider<Trace> trace, Clock clock) {
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestIds.settle(request);
        Instant began = clock.instant();
        HeldResponse held = new HeldResponse(response, status -> isWritten(began, request, status));
        try {
            chain.doFilter(request, held);
        } catch (IOException | ServletException | RuntimeException failed) {
            held.release(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            throw failed;
        }
        if (!held.release(response.getStatus())) {
            refuse(request, response);
        }
    }

    /** Whoever only looks at the page has tried nothing. */
    private boolean isWritten(Instant began, HttpServletRequest request, int status) {
        Admission tried = Admission.of(request).orElse(null);
        if (tried == null) {
            return true;
        }
        try {
            trace.getObject()
                    .write(new TraceEvent(
                            began,
                            RequestIds.of(request),
                            new TraceEvent.Who(
                                    tried.caller().client(),
                                    tried.caller().facility(),
                                    tried.caller().role().name(),
                                    null,
                                    request.getRemoteAddr()),
                            new TraceEvent.What(tried.kind(), null, null, List.of(), tried.detail()),
                            new TraceEvent.Result(status, tried.refusal(), null)));
            return true;
        } catch (TraceUnavailableException unavailable) {
            return false;
        } catch (RuntimeException unforeseen) {
            log.error("A try to be let in could not be traced: {}", FailureTrace.of(unforeseen));
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        String words = Outcomes.of(List.of(Refusal.of(RefusalCode.TRACE_UNAVAILABLE)), language)
                .getIssueFirstRep()
                .getDiagnostics();
        byte[] body = json.writeValueAsBytes(Map.of("error", "temporarily_unavailable", "error_description", words));
        response.reset();
        response.setStatus(RefusalCode.TRACE_UNAVAILABLE.status());
        response.setContentType("application/json");
        response.setHeader("Retry-After", "5");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
