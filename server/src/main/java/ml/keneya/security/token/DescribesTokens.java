package ml.keneya.security.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells clients where and how to get a token: SMART App Launch 2.2 under the FHIR base, RFC 8414 and OpenID Connect
 * Discovery beside it.
 */
class DescribesTokens extends HttpServlet {

    static final String SMART = "/fhir/.well-known/smart-configuration";
    static final String OAUTH = "/.well-known/oauth-authorization-server";
    static final String OPENID = "/.well-known/openid-configuration";

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
        description.put("authorization_endpoint", issuer + TokenEndpointConfiguration.AUTHORIZE);
        description.put("token_endpoint", issuer + TokenEndpointConfiguration.TOKEN);
        description.put("revocation_endpoint", issuer + TokenEndpointConfiguration.REVOKE);
        description.put("jwks_uri", issuer + TokenEndpointConfiguration.KEYS);
        description.put("userinfo_endpoint", issuer + AnswersUserInfo.PATH);
        description.put("grant_types_supported", ReadsClient.GRANTS);
        description.put("response_types_supported", List.of("code"));
        description.put("response_modes_supported", List.of("query"));
        description.put("code_challenge_methods_supported", List.of("S256"));
        description.put("authorization_response_iss_parameter_supported", true);
        description.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt", "none"));
        description.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        description.put("revocation_endpoint_auth_methods_supported", List.of("none"));
        description.put(
                "scopes_supported",
                List.of(
                        "openid",
                        "fhirUser",
                        "profile",
                        "online_access",
                        "offline_access",
                        "user/*.cruds",
                        "user/*.rs",
                        "system/*.cruds",
                        "system/*.rs"));
        if (request.getServletPath().equals(SMART)) {
            description.put(
                    "capabilities",
                    List.of(
                            "launch-standalone",
                            "authorize-post",
                            "client-public",
                            "client-confidential-asymmetric",
                            "sso-openid-connect",
                            "permission-offline",
                            "permission-online",
                            "permission-user",
                            "permission-v2"));
        }
        if (request.getServletPath().equals(OPENID)) {
            description.put("subject_types_supported", List.of("public"));
            description.put("id_token_signing_alg_values_supported", List.of("RS256"));
            description.put(
                    "claims_supported",
                    List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "name", "locale", "fhirUser"));
            description.put("ui_locales_supported", List.of("fr", "en"));
            description.put("claims_parameter_supported", false);
            description.put("request_parameter_supported", false);
            description.put("request_uri_parameter_supported", false);
        }
        byte[] body = json.writeValueAsBytes(description);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
