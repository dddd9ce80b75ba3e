package ml.keneya.security.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import ml.keneya.fhir.AnswersAhead;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.Network;
import ml.keneya.security.limits.Allowance.Rate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one client from taking what all others need. Stands behind who finds out who is calling, and before the body is
 * read: a client that sends slowly holds one of its own places.
 */
class LimitsClients extends OncePerRequestFilter {

    /** How long the requests of a client take that has all its places taken is not known; most take less. */
    private static final int SECONDS_FOR_A_PLACE = 5;

    private final Allowances allowances;
    private final AnswersAhead ahead;
    private final Rate remote;
    private final Rate local;

    LimitsClients(Allowances allowances, AnswersAhead ahead, ClientLimitsSettings limits) {
        this.allowances = allowances;
        this.ahead = ahead;
        this.remote = new Rate(limits.requestsPerMinute(), limits.burst(), limits.concurrent());
        this.local =
                new Rate(limits.localRequestsPerMinute(), limits.localRequestsPerMinute(), limits.localConcurrent());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Allowance allowance = allowanceOf(request);
        long seconds = allowance.take();
        if (seconds > 0) {
            refuse(
                    Refusal.of(RefusalCode.TOO_MANY_REQUESTS, allowance.rate().perMinute(), seconds),
                    seconds,
                    request,
                    response);
            return;
        }
        if (!allowance.enter()) {
            refuse(
                    Refusal.of(RefusalCode.TOO_MANY_AT_ONCE, allowance.rate().concurrent()),
                    SECONDS_FOR_A_PLACE,
                    request,
                    response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            allowance.leave();
        }
    }

    private Allowance allowanceOf(HttpServletRequest request) {
        Caller caller = Caller.broughtBy(request).orElseGet(Caller::anonymous);
        return switch (caller.role()) {
            case ADMINISTRATOR, SYSTEM -> allowances.of("local", local);
            case ANONYMOUS -> allowances.of("address " + Network.of(request), remote);
            default -> allowances.of("client " + caller.client(), remote);
        };
    }

    private void refuse(Refusal refusal, long seconds, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(seconds));
        ahead.refuse(new RefusedException(refusal), request, response);
    }
}
