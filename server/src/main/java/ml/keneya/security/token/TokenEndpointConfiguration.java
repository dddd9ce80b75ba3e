package ml.keneya.security.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import ml.keneya.security.login.ReadsLogin;
import ml.keneya.security.login.ShowsLogin;
import ml.keneya.security.people.LetsPeopleIn;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;

/**
 * The endpoints of Spring's authorization server that are offered: those that give tokens to systems, and to people's
 * applications, the one where these give them back, and one that shows the public keys. What else it could do is not
 * reachable.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class TokenEndpointConfiguration {

    static final String AUTHORIZE = "/oauth2/authorize";
    static final String TOKEN = "/oauth2/token";
    static final String REVOKE = "/oauth2/revoke";
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
        AuthorizationServerSettings.Builder settings = AuthorizationServerSettings.builder()
                .authorizationEndpoint(AUTHORIZE)
                .tokenEndpoint(TOKEN)
                .tokenRevocationEndpoint(REVOKE)
                .jwkSetEndpoint(KEYS);
        String issuer = addresses.fixedIssuer();
        return issuer == null ? settings.build() : settings.issuer(issuer).build();
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(SigningKeys keys) {
        return (selector, context) -> {
            List<JWK> found = selector.select(new JWKSet(keys.all()));
            return found.isEmpty() ? selector.select(new JWKSet(keys.lookAgain())) : found;
        };
    }

    @Bean
    SecurityFilterChain tokenEndpoints(
            HttpSecurity http,
            OffersTokens offers,
            MakesTokens makes,
            ChecksAssertions assertions,
            NotesTokens notes,
            PeoplesWay people)
            throws Exception {
        http.securityMatcher(AUTHORIZE, TOKEN, REVOKE, KEYS)
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.tokenGenerator(makes)
                                .clientAuthentication(who -> offers.whoAsks(who, assertions, notes))
                                .tokenEndpoint(endpoint -> {
                                    offers.forWhat(endpoint);
                                    notes.whatComesOfIt(endpoint);
                                })
                                .authorizationEndpoint(
                                        endpoint -> offers.throughPeople(endpoint, people.wishes(), people.answers())))
                .addFilterBefore(
                        new ReadsLogin(AUTHORIZE, people.letsIn(), people.login()::isForApp),
                        AbstractPreAuthenticatedProcessingFilter.class)
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, nobody) -> {
                    if (AUTHORIZE.equals(request.getServletPath())) {
                        people.login().commence(request, response, nobody);
                    } else {
                        new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED).commence(request, response, nobody);
                    }
                }))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                // The one form that a browser sends is guarded by ReadsLogin; no cookie opens anything.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        return http.build();
    }

    /** What stands between an application's wish and its code. */
    record PeoplesWay(LetsPeopleIn letsIn, ShowsLogin login, ChecksWishes wishes, AnswersApps answers) {}

    @Bean
    PeoplesWay peoplesWay(LetsPeopleIn letsIn, ShowsLogin login, ChecksWishes wishes, AnswersApps answers) {
        return new PeoplesWay(letsIn, login, wishes, answers);
    }
}
