package ml.keneya.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts a body that came too slowly into words. The container has answered 408 by itself as soon as it gave up reading,
 * and throws away what anybody else writes; all that is left is the page that it fetches for its error.
 */
class AnswersSlowBodies extends OncePerRequestFilter {

    private final AnswersAhead ahead;

    AnswersSlowBodies(AnswersAhead ahead) {
        this.ahead = ahead;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        boolean ours = path.equals(FhirServerConfiguration.PATH) || path.startsWith(FhirServerConfiguration.PATH + "/");
        if (ours && Integer.valueOf(408).equals(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))) {
            ahead.refuse(new RefusedException(Refusal.of(RefusalCode.TOO_SLOW)), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
