package ml.keneya.security.token;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.PublicClientAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Lets applications that can keep no secret ask for tokens: with a code by Spring's check of PKCE, else by name. */
class ChecksApps implements AuthenticationProvider {

    private final RegisteredClientRepository clients;
    private final AuthenticationProvider byProof;

    ChecksApps(RegisteredClientRepository clients, OAuth2AuthorizationService permissions) {
        this.clients = clients;
        this.byProof = new PublicClientAuthenticationProvider(clients, permissions);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication shown) {
        OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) shown;
        if (!ClientAuthenticationMethod.NONE.equals(client.getClientAuthenticationMethod())) {
            return null;
        }
        if (client.getAdditionalParameters().containsKey("code")) {
            return byProof.authenticate(client);
        }
        RegisteredClient known = clients.findByClientId(String.valueOf(client.getPrincipal()));
        if (known == null || !known.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(known, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(kind);
    }
}
