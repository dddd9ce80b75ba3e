package ml.keneya.security.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import ml.keneya.security.Network;
import ml.keneya.security.limits.Allowance.Rate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps logins and requests for tokens, which anybody may send, from taking the threads of the clinics: so many at the
 * same time from one address and from all, and so many login forms of one address. Stands before everything that reads
 * a form.
 */
class LimitsLogins extends OncePerRequestFilter {

    /** A page in each of our languages; nothing that was sent stands in it. */
    private static final String ANSWER = """
            Trop de demandes en même temps ; réessayez dans %1$d s. / Too many requests at the same time; try again in %1$d s.
            """;

    /** What software reads that asks for a token; RFC 6749 knows no error for this. */
    private static final String ERROR = """
            {"error":"temporarily_unavailable",\
            "error_description":"Trop de demandes en meme temps ; reessayez dans %1$d s. / Too many requests at the same time; try again in %1$d s."}
            """;

    private static final String LOGIN = "/oauth2/authorize";
    private static final int SECONDS_FOR_A_PLACE = 5;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Allowances allowances;
    private final Rate ofAddress;
    private final Semaphore placesOfAll;

    /** @param allowances of their own: who floods these makes nobody forgotten who is counted elsewhere */
    LimitsLogins(Allowances allowances, ClientLimitsSettings limits) {
        this.allowances = allowances;
        this.ofAddress = new Rate(limits.loginsPerAddress(), 3 * limits.loginsPerAddress(), limits.concurrent());
        this.placesOfAll = new Semaphore(3 * limits.concurrent());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Allowance address = allowances.of(Network.of(request), ofAddress);
        boolean form = "POST".equals(request.getMethod()) && LOGIN.equals(request.getServletPath());
        long seconds = form ? address.take() : 0;
        if (seconds > 0) {
            refuse(TOO_MANY_REQUESTS, seconds, request, response);
        } else if (!address.enter()) {
            refuse(TOO_MANY_REQUESTS, SECONDS_FOR_A_PLACE, request, response);
        } else {
            try {
                answer(request, response, chain);
            } finally {
                address.leave();
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!placesOfAll.tryAcquire()) {
            refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, SECONDS_FOR_A_PLACE, request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            placesOfAll.release();
        }
    }

    private static void refuse(int status, long seconds, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean asksInABrowser = LOGIN.equals(request.getServletPath());
        response.setStatus(status);
        response.setHeader("Retry-After", String.valueOf(seconds));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(asksInABrowser ? "text/plain;charset=UTF-8" : "application/json");
        String answer = asksInABrowser ? ANSWER : ERROR;
        response.getOutputStream().write(answer.formatted(seconds).getBytes(StandardCharsets.UTF_8));
    }
}
