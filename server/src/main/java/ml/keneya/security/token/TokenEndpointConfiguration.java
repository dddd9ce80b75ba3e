package ml.keneya.security.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The endpoints of Spring's authorization server that are offered: one that gives tokens to systems, and one that shows
 * the public keys. What else it could do is not reachable.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class TokenEndpointConfiguration {

    static final String TOKEN = "/oauth2/token";
    static final String KEYS = "/oauth2/jwks";

    /** Spring's filters stand before these endpoints alone; before the FHIR interface stand ours. */
    @Bean
    DelegatingFilterProxyRegistrationBean springSecurityFilters() {
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.addUrlPatterns("/oauth2/*");
        return registration;
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(Addresses addresses) {
        AuthorizationServerSettings.Builder settings =
                AuthorizationServerSettings.builder().tokenEndpoint(TOKEN).jwkSetEndpoint(KEYS);
        String issuer = addresses.fixedIssuer();
        return issuer == null ? settings.build() : settings.issuer(issuer).build();
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(SigningKeys keys) {
        return (selector, context) -> selector.select(new JWKSet(keys.all()));
    }

    @Bean
    SecurityFilterChain tokenEndpoint(
            HttpSecurity http,
            RegisteredSystems systems,
            ChecksAssertions assertions,
            SigningKeys keys,
            WritesTokens tokens)
            throws Exception {
        OAuth2AuthorizationService kept = new KeepsNoAuthorization();
        JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(
                (selector, context) -> selector.select(new JWKSet(keys.all().get(0)))));
        generator.setJwtCustomizer(tokens);
        JwtClientAssertionAuthenticationProvider byAssertion =
                new JwtClientAssertionAuthenticationProvider(systems, kept);
        byAssertion.setJwtDecoderFactory(assertions);
        OAuth2ClientCredentialsAuthenticationProvider toSystems =
                new OAuth2ClientCredentialsAuthenticationProvider(kept, generator);
        toSystems.setAuthenticationValidator(tokens::checkScopes);
        http.securityMatcher(TOKEN, KEYS)
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(systems)
                                .authorizationService(kept)
                                .tokenGenerator(generator)
                                .clientAuthentication(client -> client.authenticationConverters(
                                                converters -> replace(converters, new ReadsAssertion()))
                                        .authenticationProviders(providers -> replace(providers, byAssertion)))
                                .tokenEndpoint(endpoint -> endpoint.accessTokenRequestConverters(converters -> replace(
                                                converters, new OAuth2ClientCredentialsAuthenticationConverter()))
                                        .authenticationProviders(providers -> replace(providers, toSystems))))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        return http.build();
    }

    private static <T> void replace(List<T> all, T only) {
        all.clear();
        all.add(only);
    }
}
