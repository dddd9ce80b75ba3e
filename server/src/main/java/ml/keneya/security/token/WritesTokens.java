package ml.keneya.security.token;

import java.util.List;
import java.util.Optional;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.Client;
import ml.keneya.security.client.Clients;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** Says what stands in an access token (RFC 9068), and refuses one whose scopes say more than its client may have. */
@Component
class WritesTokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** Keeps other tokens that are signed with the same keys one day from passing for this kind. */
    static final String TYPE = "at+jwt";

    static final String SCOPE = "scope";
    static final String FACILITY = "facility";
    static final String ROLE = "role";

    private final Clients clients;
    private final Addresses addresses;

    WritesTokens(Clients clients, Addresses addresses) {
        this.clients = clients;
        this.addresses = addresses;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        Client client = known(context.getRegisteredClient());
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES384).type(TYPE);
        context.getClaims()
                .audience(List.of(addresses.fhirBaseOf(
                        context.getAuthorizationServerContext().getIssuer())))
                .claim("client_id", client.id())
                .claim(SCOPE, String.join(" ", context.getAuthorizedScopes()))
                .claim(ROLE, client.role().name());
        if (client.facility() != null) {
            context.getClaims().claim(FACILITY, client.facility());
        }
    }

    /** A token without scopes would be good for nothing, and one with half of what was asked for a surprise. */
    void checkScopes(OAuth2ClientCredentialsAuthenticationContext context) {
        OAuth2ClientCredentialsAuthenticationToken asked = context.getAuthentication();
        Optional<Scopes> scopes = Scopes.parse(String.join(" ", asked.getScopes()));
        Optional<Scopes> granted =
                Scopes.parse(known(context.getRegisteredClient()).scopes());
        if (scopes.isEmpty() || granted.isEmpty() || !granted.get().cover(scopes.get())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
        }
    }

    private Client known(RegisteredClient registered) {
        return clients.find(registered.getClientId())
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
    }
}
