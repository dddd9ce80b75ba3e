package ml.keneya.security.token;

import java.time.Duration;
import java.util.Optional;
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

/** Shows the register of clients to Spring's authorization server. */
@Component
class RegisteredSystems implements RegisteredClientRepository {

    /** Short, because what a token says is only as fresh as the token. */
    static final Duration LIFE_OF_TOKENS = Duration.ofMinutes(5);

    private final Clients clients;

    RegisteredSystems(Clients clients) {
        this.clients = clients;
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
        Optional<Client> client = clients.find(clientId);
        return client.map(RegisteredSystems::register).orElse(null);
    }

    private static RegisteredClient register(Client client) {
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
                        .accessTokenTimeToLive(LIFE_OF_TOKENS)
                        .build())
                .build();
    }
}
