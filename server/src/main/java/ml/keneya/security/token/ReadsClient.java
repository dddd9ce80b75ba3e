package ml.keneya.security.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Finds out what a client shows: a system its assertion, an application its name and, with a code, the proof that it is
 * the one that asked (RFC 7636). Spring's own converter takes an application for nobody when it renews or gives back a
 * token, for which there is no such proof: there it is the token that proves it.
 */
class ReadsClient implements AuthenticationConverter {

    /** The ways to a token that are offered, as they are published. */
    static final List<String> GRANTS = Stream.of(
                    AuthorizationGrantType.CLIENT_CREDENTIALS,
                    AuthorizationGrantType.AUTHORIZATION_CODE,
                    AuthorizationGrantType.REFRESH_TOKEN)
            .map(AuthorizationGrantType::getValue)
            .toList();

    private final AuthenticationConverter assertions = new ReadsAssertion();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Map<String, String[]> parameters = request.getParameterMap();
        String type = request.getParameter("grant_type");
        boolean givesBack = TokenEndpointConfiguration.REVOKE.equals(request.getServletPath());
        if (!givesBack && type != null && !GRANTS.contains(type)) {
            // Said before it is asked who asks: otherwise an application would hear that it is not known.
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE);
        }
        boolean byCode = AuthorizationGrantType.AUTHORIZATION_CODE.getValue().equals(type);
        boolean renews = AuthorizationGrantType.REFRESH_TOKEN.getValue().equals(type);
        if (parameters.containsKey("client_assertion") && !givesBack || !byCode && !renews && !givesBack) {
            return assertions.convert(request);
        }
        String app = request.getParameter("client_id");
        if (app == null
                || app.isBlank()
                || request.getQueryString() != null
                || request.getHeader("Authorization") != null
                || parameters.values().stream().anyMatch(values -> values.length != 1)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        if (givesBack || renews) {
            return new OAuth2ClientAuthenticationToken(app, ClientAuthenticationMethod.NONE, null, Map.of());
        }
        if (!parameters.containsKey("code") || !parameters.containsKey("code_verifier")) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        Map<String, Object> shown = new HashMap<>();
        parameters.forEach((name, values) -> shown.put(name, values[0]));
        return new OAuth2ClientAuthenticationToken(app, ClientAuthenticationMethod.NONE, null, shown);
    }
}
