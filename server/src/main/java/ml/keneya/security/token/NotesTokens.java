package ml.keneya.security.token;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import ml.keneya.security.Admission;
import ml.keneya.security.token.ChecksTokens.Holder;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2TokenEndpointConfigurer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ErrorAuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.stereotype.Component;

/**
 * Notes for the trace who asks for tokens or gives them back, and what came of it; Spring answers as it always does.
 */
@Component
class NotesTokens {

    private static final Set<String> GRANTS = Set.of("client_credentials", "authorization_code", "refresh_token");

    private final RegisteredClientRepository clients;
    private final ChecksTokens tokens;
    private final Addresses addresses;
    private final OAuth2AccessTokenResponseAuthenticationSuccessHandler gives =
            new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    private final OAuth2ErrorAuthenticationFailureHandler refuses = new OAuth2ErrorAuthenticationFailureHandler();

    NotesTokens(RegisteredClientRepository clients, ChecksTokens tokens, Addresses addresses) {
        this.clients = clients;
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** Notes whom a request names before anything is believed, so that what is refused is noted too. */
    AuthenticationConverter whoAsks(AuthenticationConverter reads) {
        return request -> {
            tried(request, null).bringTo(request);
            Authentication shown = reads.convert(request);
            if (shown != null) {
                tried(request, String.valueOf(shown.getPrincipal())).bringTo(request);
            }
            return shown;
        };
    }

    void whatComesOfIt(OAuth2TokenEndpointConfigurer endpoint) {
        endpoint.accessTokenResponseHandler(this::given).errorResponseHandler(this::refused);
    }

    private void given(HttpServletRequest request, HttpServletResponse response, Authentication granted)
            throws IOException, ServletException {
        String token = ((OAuth2AccessTokenAuthenticationToken) granted)
                .getAccessToken()
                .getTokenValue();
        Optional<Holder> holder = tokens.check(token, addresses.issuer(request), addresses.fhirBase(request), null);
        Admission.of(request)
                .ifPresent(tried ->
                        holder.ifPresent(known -> tried.as(known.caller()).bringTo(request)));
        gives.onAuthenticationSuccess(request, response, granted);
    }

    private void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException, ServletException {
        if (why instanceof OAuth2AuthenticationException known) {
            Admission.of(request)
                    .ifPresent(tried ->
                            tried.refusedFor(known.getError().getErrorCode()).bringTo(request));
        }
        refuses.onAuthenticationFailure(request, response, why);
    }

    private Admission tried(HttpServletRequest request, @Nullable String claimed) {
        // Whatever somebody sends in place of an id is no id, and may be anything.
        String known = claimed == null || clients.findByClientId(claimed) == null ? null : claimed;
        String kind = TokenEndpointConfiguration.REVOKE.equals(request.getServletPath())
                ? Admission.REVOCATION
                : Admission.TOKEN;
        String grant = request.getParameter("grant_type");
        String detail = GRANTS.contains(String.valueOf(grant)) ? "grant_type=" + grant : null;
        boolean forPerson = known != null && detail != null && !detail.endsWith("client_credentials");
        return Admission.tried(kind, known, forPerson ? detail + "&client_id=" + known : detail, null);
    }
}
