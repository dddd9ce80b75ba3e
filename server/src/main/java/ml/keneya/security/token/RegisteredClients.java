package ml.keneya.security.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import ml.keneya.security.client.App;
import ml.keneya.security.client.Apps;
import ml.keneya.security.client.Client;
import ml.keneya.security.client.Clients;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/** Shows the registers of systems and of applications to Spring's authorization server. */
@Component
class RegisteredClients implements RegisteredClientRepository {

    /** Short, because what a token says is only as fresh as the token. */
    static final Duration LIFE_OF_TOKENS = Duration.ofMinutes(5);

    /** Long enough for one answer over 2G. */
    private static final Duration LIFE_OF_CODES = Duration.ofMinutes(2);

    private final Clients clients;
    private final Apps apps;
    private final Clock clock = Clock.systemUTC();

    RegisteredClients(Clients clients, Apps apps) {
        this.clients = clients;
        this.apps = apps;
    }

    @Override
    public void save(RegisteredClient registeredClient) {
        throw new UnsupportedOperationException("Clients are added by an operator.");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        Optional<RegisteredClient> system = clients.find(clientId).map(this::register);
        return system.or(() -> apps.find(clientId).map(RegisteredClients::register))
                .orElse(null);
    }

    private RegisteredClient register(Client client) {
        return RegisteredClient.withId(client.id())
                .clientId(client.id())
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                // Tells Spring only that the assertion is signed with a private key; the algorithm is checked
                // elsewhere.
                .clientSettings(ClientSettings.builder()
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES384)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(lifeOfTokensOf(client))
                        .build())
                .build();
    }

    /** In a sandbox a token lasts as long as its client, so that one who tries things out pastes it once. */
    private Duration lifeOfTokensOf(Client client) {
        return clients.endOf(client.id())
                .map(end -> Duration.between(clock.instant(), end))
                .filter(left -> left.compareTo(LIFE_OF_TOKENS) > 0)
                .orElse(LIFE_OF_TOKENS);
    }

    private static RegisteredClient register(App app) {
        return RegisteredClient.withId(app.id())
                .clientId(app.id())
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantTypes(types -> types.addAll(
                        Set.of(AuthorizationGrantType.AUTHORIZATION_CODE, AuthorizationGrantType.REFRESH_TOKEN)))
                .redirectUris(uris -> uris.addAll(app.redirectUris()))
                .scopes(scopes -> scopes.addAll(app.words()))
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(LIFE_OF_TOKENS)
                        .authorizationCodeTimeToLive(LIFE_OF_CODES)
                        .idTokenSignatureAlgorithm(SignatureAlgorithm.RS256)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }
}
