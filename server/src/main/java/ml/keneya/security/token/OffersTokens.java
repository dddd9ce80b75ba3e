package ml.keneya.security.token;

import java.util.List;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationEndpointConfigurer;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2ClientAuthenticationConfigurer;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2TokenEndpointConfigurer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2RefreshTokenAuthenticationConverter;
import org.springframework.stereotype.Component;

/** Which of the ways to a token that Spring's authorization server knows are offered: these, and no other. */
@Component
class OffersTokens {

    private final RegisteredClientRepository clients;
    private final OAuth2AuthorizationService permissions;
    private final MakesTokens makes;
    private final WritesTokens writes;

    OffersTokens(
            RegisteredClientRepository clients,
            OAuth2AuthorizationService permissions,
            MakesTokens makes,
            WritesTokens writes) {
        this.clients = clients;
        this.permissions = permissions;
        this.makes = makes;
        this.writes = writes;
    }

    void whoAsks(OAuth2ClientAuthenticationConfigurer who, ChecksAssertions assertions, NotesTokens notes) {
        JwtClientAssertionAuthenticationProvider systems =
                new JwtClientAssertionAuthenticationProvider(clients, permissions);
        systems.setJwtDecoderFactory(assertions);
        who.authenticationConverters(converters -> replace(converters, notes.whoAsks(new ReadsClient())))
                .authenticationProviders(
                        providers -> replace(providers, systems, new ChecksApps(clients, permissions)));
    }

    void forWhat(OAuth2TokenEndpointConfigurer endpoint) {
        OAuth2ClientCredentialsAuthenticationProvider toSystems =
                new OAuth2ClientCredentialsAuthenticationProvider(permissions, makes);
        toSystems.setAuthenticationValidator(writes::checkScopes);
        endpoint.accessTokenRequestConverters(converters -> replace(
                        converters,
                        new OAuth2ClientCredentialsAuthenticationConverter(),
                        new OAuth2AuthorizationCodeAuthenticationConverter(),
                        new OAuth2RefreshTokenAuthenticationConverter()))
                .authenticationProviders(providers -> replace(
                        providers,
                        toSystems,
                        new OAuth2AuthorizationCodeAuthenticationProvider(permissions, makes),
                        new OAuth2RefreshTokenAuthenticationProvider(permissions, makes)));
    }

    void throughPeople(OAuth2AuthorizationEndpointConfigurer endpoint, ChecksWishes wishes, AnswersApps answers) {
        OAuth2AuthorizationCodeRequestAuthenticationProvider codes =
                new OAuth2AuthorizationCodeRequestAuthenticationProvider(
                        // People consent by logging in; nothing is kept there.
                        clients, permissions, new InMemoryOAuth2AuthorizationConsentService());
        codes.setAuthenticationValidator(wishes);
        endpoint.authorizationRequestConverters(
                        converters -> replace(converters, new OAuth2AuthorizationCodeRequestAuthenticationConverter()))
                .authenticationProviders(providers -> replace(providers, codes))
                .authorizationResponseHandler(answers)
                .errorResponseHandler(answers);
    }

    @SafeVarargs
    private static <T> void replace(List<T> all, T... only) {
        all.clear();
        all.addAll(List.of(only));
    }
}
