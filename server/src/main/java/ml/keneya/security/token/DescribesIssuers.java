package ml.keneya.security.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells clients whose tokens are accepted, where there is more than one issuer (RFC 9728). */
class DescribesIssuers extends HttpServlet {

    static final String PATH = "/.well-known/oauth-protected-resource/fhir";

    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper json = new ObjectMapper();
    private final transient Addresses addresses;
    private final String other;

    DescribesIssuers(Addresses addresses, String other) {
        this.addresses = addresses;
        this.other = other;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("resource", addresses.fhirBase(request));
        description.put("authorization_servers", List.of(addresses.issuer(request), other));
        description.put("bearer_methods_supported", List.of("header"));
        description.put("resource_name", "Kènèya");
        byte[] body = json.writeValueAsBytes(description);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
