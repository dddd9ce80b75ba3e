package ml.keneya.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Breaks the connection when an answer could not be written to its end. HAPI would end it as if it were whole, and the
 * client would take half of a file for all of it.
 */
class BreaksOffAnswers extends OncePerRequestFilter {

    private static final String FAILURE = BreaksOffAnswers.class.getName();

    static void because(ServletRequest request, Throwable failure) {
        request.setAttribute(FAILURE, failure);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(FAILURE) instanceof Throwable failure) {
            throw new IOException("The answer is not whole.", failure);
        }
    }
}
