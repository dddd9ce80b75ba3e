package ml.keneya.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before HAPI: takes away headers that would order it about, and reads the body up to the limits of decision 20.
 * HAPI inflates a compressed body without any limit, so a bomb of 10 kB would take the server's memory.
 */
class GuardsRequests extends OncePerRequestFilter {

    private static final Set<String> METHODS =
            new TreeSet<>(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
    private static final Pattern TRIPLES = Pattern.compile("turtle|n-triples|rdf");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final AnswersAhead ahead;
    private final RequestBodyReader reader;

    GuardsRequests(FhirSettings settings, AnswersAhead ahead) {
        this.ahead = ahead;
        this.reader = new RequestBodyReader(settings);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest guarded;
        try {
            guarded = guard(request);
        } catch (RefusedException refused) {
            // The rest of an oversized body is not read, so the connection cannot be used again.
            response.setHeader("Connection", "close");
            ahead.refuse(refused, request, response);
            return;
        } catch (IOException broken) {
            if (ExceptionUtils.indexOfType(broken, SocketTimeoutException.class) < 0) {
                throw broken;
            }
            // The container has answered it; AnswersSlowBodies finds the words.
            response.setHeader("Connection", "close");
            return;
        }
        chain.doFilter(guarded, response);
    }

    private HttpServletRequest guard(HttpServletRequest request) throws IOException {
        refuseOtherMethods(request.getMethod());
        refuseEmptySegments(request.getRequestURI());
        refuseBrokenEscapes(request.getQueryString());
        RequestBodyReader.refuseOtherCharsets(request);
        if (!hasBody(request)) {
            return new GuardedRequest(request);
        }
        if (isSearchForm(request)) {
            // The container's limit for forms counts what it reads, not what somebody inflates later.
            RequestBodyReader.refuseCompression(request);
            refuseHalfForms(request);
            return new GuardedRequest(request);
        }
        if (StreamedBodies.isExpectedIn(request)) {
            return StreamedBodies.unread(request);
        }
        refuseTriples(request);
        byte[] body = reader.read(request);
        try {
            RequestBodyReader.check(request, body);
        } catch (RefusedException refused) {
            RefusesUnreadableText.later(request, refused);
        }
        return new BufferedRequest(request, body);
    }

    private static void refuseOtherMethods(String method) {
        if (!METHODS.contains(method)) {
            throw new RefusedException(Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, String.join(", ", METHODS)));
        }
    }

    /** One address must not be another for whoever looks at it first; HAPI stumbles over it besides. */
    private static void refuseEmptySegments(String path) {
        if (path.contains("//")) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, path));
        }
    }

    /** HAPI fails on what it cannot decode. */
    private static void refuseBrokenEscapes(@Nullable String query) {
        if (query == null || !BROKEN_ESCAPE.matcher(query).find()) {
            return;
        }
        for (String parameter : query.split("&")) {
            if (BROKEN_ESCAPE.matcher(parameter).find()) {
                String[] parts = parameter.split("=", 2);
                throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, parts[0], parts[parts.length - 1]));
            }
        }
    }

    /** The container keeps what it has of a form and says so in an attribute; half a question is another question. */
    private static void refuseHalfForms(HttpServletRequest request) {
        request.getParameterMap();
        if (request.getAttribute(Globals.PARAMETER_PARSE_FAILED_ATTR) != null) {
            throw new RefusedException(Refusal.of(RefusalCode.FORM_CUT_SHORT));
        }
    }

    /** HAPI knows Turtle by name, finds no library that reads it, and breaks the connection off. */
    private static void refuseTriples(HttpServletRequest request) {
        String type = mediaType(request.getContentType());
        if (TRIPLES.matcher(type).find() && !RequestBodyReader.isFile(request)) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, type.replaceAll("[^\\w/+*.-]", "")));
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        String method = request.getMethod();
        return "POST".equals(method) || "PUT".equals(method) || "PATCH".equals(method);
    }

    /** Forms are left to the container, which has its own limit for them, where FHIR knows forms and nowhere else. */
    private static boolean isSearchForm(HttpServletRequest request) {
        return mediaType(request.getContentType()).equals("application/x-www-form-urlencoded")
                && request.getRequestURI().endsWith("/_search");
    }

    static String mediaType(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
