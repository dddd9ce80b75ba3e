package ml.keneya.security.trace;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, read from its address: it may be refused before HAPI has understood it.
 *
 * @param interaction FHIR's code, or the name of an operation
 */
record AskedFor(
        String interaction,
        @Nullable String type,
        @Nullable String id,
        @Nullable String query) {

    private static final String BASE = "/fhir";
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,60}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern OPERATION = Pattern.compile("\\$[A-Za-z0-9-]{1,60}");
    private static final int LONGEST_QUERY = 4_000;

    static AskedFor read(HttpServletRequest request, @Nullable RequestDetails details) {
        String path = path(request);
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        String type = matching(TYPE, parts, 0);
        String id = type == null ? null : matching(ID, parts, 1);
        boolean understood = parts.isEmpty() || type != null || parts.get(0).matches("[$_a-z].*");
        String query = query(request, details);
        return new AskedFor(
                interaction(request.getMethod(), parts, type, id, details),
                type,
                id,
                cut(understood ? query : path + (query == null ? "" : "?" + query)));
    }

    private static String path(HttpServletRequest request) {
        String whole = String.valueOf(request.getRequestURI());
        return whole.startsWith(BASE) ? whole.substring(BASE.length()) : whole;
    }

    private static @Nullable String matching(Pattern pattern, List<String> parts, int index) {
        return parts.size() > index && pattern.matcher(parts.get(index)).matches() ? parts.get(index) : null;
    }

    private static String interaction(
            String method,
            List<String> parts,
            @Nullable String type,
            @Nullable String id,
            @Nullable RequestDetails details) {
        String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
        if (OPERATION.matcher(last).matches()) {
            return last;
        }
        if (details != null && details.getRestOperationType() != null) {
            return details.getRestOperationType().getCode();
        }
        return switch (method) {
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            case "POST" -> last.equals("_search") ? "search-type" : type == null ? "transaction" : "create";
            default -> reading(parts, type, id);
        };
    }

    private static String reading(List<String> parts, @Nullable String type, @Nullable String id) {
        if (parts.contains("_history")) {
            return parts.size() > 3 ? "vread" : id != null ? "history-instance" : "history-type";
        }
        if (type == null) {
            return "search-system";
        }
        return id == null || parts.size() > 2 ? "search-type" : "read";
    }

    private static @Nullable String query(HttpServletRequest request, @Nullable RequestDetails details) {
        String condition = request.getHeader("If-None-Exist");
        if (condition != null) {
            return condition;
        }
        boolean form = "POST".equals(request.getMethod())
                && String.valueOf(request.getContentType()).startsWith("application/x-www-form-urlencoded");
        if (form && details != null && details.getParameters() != null) {
            return encoded(details.getParameters());
        }
        return request.getQueryString();
    }

    private static String encoded(Map<String, String[]> parameters) {
        return parameters.entrySet().stream()
                .flatMap(parameter -> Arrays.stream(parameter.getValue())
                        .map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String cut(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return null;
        }
        return query.length() <= LONGEST_QUERY ? query : query.substring(0, LONGEST_QUERY) + "…";
    }
}
