package ml.keneya.fhir;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A POST to the base that did not come over the network. Answers what the FHIR server asks of a request. */
final class InnerRequest {

    private final URI base;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();

    InnerRequest(String base, Map<String, String> headers) {
        this.base = URI.create(base);
        this.headers.putAll(headers);
    }

    HttpServletRequest asServletRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> {
                    Object answer = answer(method.getName(), arguments == null ? new Object[0] : arguments);
                    return answer == null ? InnerResponse.nothingOf(method.getReturnType()) : answer;
                });
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        String name = arguments.length == 0 ? "" : String.valueOf(arguments[0]);
        return switch (method) {
            case "getMethod" -> "POST";
            // Not the path of the base, which is what a proxy in front of us may call it.
            case "getRequestURI" -> FhirServerConfiguration.PATH;
            case "getRequestURL" -> new StringBuffer(base.toString());
            case "getServletPath" -> FhirServerConfiguration.PATH;
            case "getContextPath" -> "";
            case "getScheme" -> base.getScheme();
            case "getServerName" -> base.getHost();
            case "getServerPort" -> base.getPort();
            case "getProtocol" -> "HTTP/1.1";
            case "getRemoteAddr", "getRemoteHost" -> "127.0.0.1";
            case "getCharacterEncoding" -> "UTF-8";
            case "getContentType" -> headers.get("Content-Type");
            case "getHeader" -> headers.get(name);
            case "getHeaders" -> valuesOf(name);
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getParameterMap" -> Map.of();
            case "getParameterNames" -> Collections.emptyEnumeration();
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "getAttribute" -> attributes.get(name);
            case "setAttribute" -> attributes.put(name, arguments[1]);
            case "removeAttribute" -> attributes.remove(name);
            case "getLocale" -> Locale.FRENCH;
            case "toString" -> "POST " + base;
            default -> null;
        };
    }

    private Enumeration<String> valuesOf(String name) {
        String value = headers.get(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }
}
