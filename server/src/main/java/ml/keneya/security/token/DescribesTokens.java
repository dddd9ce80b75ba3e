package ml.keneya.security.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells clients where and how to get a token: SMART App Launch 2.2 under the FHIR base, RFC 8414 beside it. */
class DescribesTokens extends HttpServlet {

    static final String SMART = "/fhir/.well-known/smart-configuration";
    static final String OAUTH = "/.well-known/oauth-authorization-server";

    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper json = new ObjectMapper();
    private final transient Addresses addresses;

    DescribesTokens(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String issuer = addresses.issuer(request);
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("issuer", issuer);
        description.put("token_endpoint", issuer + TokenEndpointConfiguration.TOKEN);
        description.put("jwks_uri", issuer + TokenEndpointConfiguration.KEYS);
        description.put("grant_types_supported", List.of("client_credentials"));
        description.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        description.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        description.put("scopes_supported", List.of("system/*.cruds", "system/*.rs"));
        description.put("response_types_supported", List.of());
        if (request.getServletPath().equals(SMART)) {
            description.put("code_challenge_methods_supported", List.of("S256"));
            description.put("capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
        }
        byte[] body = json.writeValueAsBytes(description);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
