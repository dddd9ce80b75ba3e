package ml.keneya.security.client;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import ml.keneya.security.Admission;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks who stands at the operator's door before a byte of what was sent is read, and lets in only as much as a client
 * and its keys take.
 */
class OperatorDoor extends OncePerRequestFilter {

    /** Bytes. */
    private static final long MOST = 64 * 1024;

    /** Any of these tells of a proxy, behind which loopback is no longer whoever sits at the machine. */
    private static final Pattern PASSED_ON =
            Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|x-original-.*|via", Pattern.CASE_INSENSITIVE);

    private static final Set<String> KINDS = Set.of("clients", "users", "keys", "sandbox");

    private final OperatorKey operatorKey;

    OperatorDoor(OperatorKey operatorKey) {
        this.operatorKey = operatorKey;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean passedOn = Collections.list(request.getHeaderNames()).stream()
                .anyMatch(header -> PASSED_ON.matcher(header).matches());
        Admission wish = Admission.tried(Admission.OPERATOR, null, asked(request), null);
        wish.refusedFor("operator-key").bringTo(request);
        if (passedOn || !operatorKey.opens(request)) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "La clé de l'opérateur manque ou est fausse. / The operator's key is missing or wrong.");
        } else if (request.getContentLengthLong() > MOST || request.getHeader("Transfer-Encoding") != null) {
            refuse(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "Au plus 64 ko, avec Content-Length. / At most 64 kB, with Content-Length.");
        } else {
            wish.as(Caller.local()).bringTo(request);
            chain.doFilter(request, response);
        }
    }

    /** Without what stands behind it: a login tells a name, and anything may stand where nobody was let in. */
    private static String asked(HttpServletRequest request) {
        String kind = request.getRequestURI().replaceFirst("^/operator/?", "").replaceFirst("/.*", "");
        return request.getMethod() + " " + (KINDS.contains(kind) ? kind : "?");
    }

    private static void refuse(HttpServletResponse response, int status, String words) throws IOException {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write("{\"error\":\"" + words + "\"}");
    }
}
