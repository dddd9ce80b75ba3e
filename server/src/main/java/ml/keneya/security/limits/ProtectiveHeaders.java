package ml.keneya.security.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.security.Sandbox;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the headers on every answer that keep a browser from doing more with it than show it. Pages that need more
 * (guide, description of the interface) say so themselves and overwrite the one in question.
 */
class ProtectiveHeaders extends OncePerRequestFilter {

    /** A record opened in a browser runs nothing, loads nothing and is framed by nobody. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", NOTHING,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    /** A year; sent over TLS only, because over anything else it means nothing. */
    private static final String HTTPS_FROM_NOW_ON = "max-age=31536000";

    /** What everybody may read is large, and read over 2G: it may be kept by browsers. */
    private static final List<String> MAY_BE_KEPT = List.of("/fhir/swagger-ui", "/fhir/api-docs", "/fhir/metadata");

    private final Map<String, String> always;

    ProtectiveHeaders(Sandbox sandbox) {
        Map<String, String> headers = new HashMap<>(ALWAYS);
        if (sandbox.isOn()) {
            headers.put("Keneya-Sandbox", "true");
        }
        this.always = Map.copyOf(headers);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Map<String, String> headers = headersFor(request);
        headers.forEach(response::setHeader);
        chain.doFilter(request, new Lasting(response, headers));
    }

    private Map<String, String> headersFor(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(always);
        String path = request.getRequestURI();
        if (path.startsWith("/fhir") && MAY_BE_KEPT.stream().noneMatch(path::startsWith)) {
            headers.put("Cache-Control", "no-store");
        }
        if (request.isSecure()) {
            headers.put("Strict-Transport-Security", HTTPS_FROM_NOW_ON);
        }
        return headers;
    }

    /** Whoever starts an answer over loses none of them. */
    private static final class Lasting extends HttpServletResponseWrapper {

        private final Map<String, String> headers;

        Lasting(HttpServletResponse response, Map<String, String> headers) {
            super(response);
            this.headers = headers;
        }

        @Override
        public void reset() {
            super.reset();
            headers.forEach(this::setHeader);
        }

        /** HAPI adds the headers of an answer again that it starts over; a browser would obey both. */
        @Override
        public void addHeader(String name, String value) {
            if (headers.containsKey(name)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
