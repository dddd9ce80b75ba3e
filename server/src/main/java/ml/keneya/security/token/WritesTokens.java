package ml.keneya.security.token;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.Client;
import ml.keneya.security.client.Clients;
import ml.keneya.security.people.Account;
import ml.keneya.security.people.Accounts;
import ml.keneya.security.permission.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** Says what stands in an access token (RFC 9068), and refuses one whose scopes say more than its client may have. */
@Component
class WritesTokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** Keeps other tokens that are signed with the same keys from passing for this kind. */
    static final String TYPE = "at+jwt";

    static final String SCOPE = "scope";
    static final String FACILITY = "facility";
    static final String ROLE = "role";

    /** The application that a token was given to, or the system. */
    static final String CLIENT = "client_id";

    /** The login that a person's token came of. */
    static final String LOGIN = "login";

    private final Clients clients;
    private final Accounts accounts;
    private final Addresses addresses;
    private final PersonClaims claims;

    WritesTokens(Clients clients, Accounts accounts, Addresses addresses, PersonClaims claims) {
        this.clients = clients;
        this.accounts = accounts;
        this.addresses = addresses;
        this.claims = claims;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            Client client = known(context.getRegisteredClient());
            writeAccess(context, client.role(), client.facility());
            return;
        }
        Account account = accounts.find(context.getPrincipal().getName())
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            writeAccess(context, account.role(), account.facility());
            context.getClaims()
                    .claim(
                            LOGIN,
                            Objects.requireNonNull(context.getAuthorization()).getId());
        } else {
            writeIdentity(context, account);
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

    private void writeAccess(JwtEncodingContext context, Role role, @Nullable String facility) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES384).type(TYPE);
        context.getClaims()
                .audience(List.of(fhirBase(context)))
                .claim(CLIENT, context.getRegisteredClient().getClientId())
                .claim(SCOPE, String.join(" ", context.getAuthorizedScopes()))
                .claim(ROLE, role.name());
        if (facility != null) {
            context.getClaims().claim(FACILITY, facility);
        }
    }

    private void writeIdentity(JwtEncodingContext context, Account account) {
        Set<String> scopes = context.getAuthorizedScopes();
        context.getJwsHeader().algorithm(SignatureAlgorithm.RS256).type("JWT");
        Permission permission =
                Objects.requireNonNull(context.getAuthorization()).getAttribute(Permission.class.getName());
        if (permission != null) {
            context.getClaims().claim("auth_time", permission.begunAt().getEpochSecond());
        }
        claims.of(account, scopes, fhirBase(context))
                .forEach((name, value) -> context.getClaims().claim(name, value));
    }

    private String fhirBase(JwtEncodingContext context) {
        return addresses.fhirBaseOf(context.getAuthorizationServerContext().getIssuer());
    }

    private Client known(RegisteredClient registered) {
        return clients.find(registered.getClientId())
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
    }
}
