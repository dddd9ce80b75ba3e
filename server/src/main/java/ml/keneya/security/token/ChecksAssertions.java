package ml.keneya.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import ml.keneya.security.client.Client;
import ml.keneya.security.client.Clients;
import ml.keneya.security.client.KeysOfClients;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContext;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.stereotype.Component;

/**
 * Checks the assertion by which a client says who it is (SMART App Launch 2.2, Client Authentication: Asymmetric):
 * signed with RS384 or ES384 by a key that is registered for it, for this token endpoint, good for five minutes at most
 * and only once. Keys are those of the register, or at the address in the register, never what the assertion points to.
 */
@Component
class ChecksAssertions implements JwtDecoderFactory<RegisteredClient> {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** How far a clinic's clock may be off. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final Clients clients;
    private final KeysOfClients keys;
    private final SpentAssertions spent;
    private final Clock clock = Clock.systemUTC();

    ChecksAssertions(Clients clients, KeysOfClients keys, SpentAssertions spent) {
        this.clients = clients;
        this.keys = keys;
        this.spent = spent;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient registered) {
        Client client = clients.find(registered.getClientId()).orElseThrow(() -> new BadJwtException("revoked"));
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.of(client)));
        // Everything about the claims is checked below, the time of expiry among it.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(assertion -> isGood(assertion, registered.getClientId())
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT)));
        return decoder;
    }

    private boolean isGood(Jwt assertion, String client) {
        Instant expires = assertion.getExpiresAt();
        String jti = assertion.getId();
        Instant now = clock.instant();
        return expires != null
                && expires.isAfter(now.minus(LEEWAY))
                && expires.isBefore(now.plus(LONGEST_LIFE).plus(LEEWAY))
                && (assertion.getNotBefore() == null || assertion.getNotBefore().isBefore(now.plus(LEEWAY)))
                && client.equals(assertion.getClaimAsString("iss"))
                && client.equals(assertion.getSubject())
                && assertion.getAudience() != null
                && assertion.getAudience().contains(tokenEndpoint())
                && jti != null
                && !jti.isBlank()
                && jti.length() <= 200
                && spent.spend(client, jti, expires);
    }

    private static String tokenEndpoint() {
        AuthorizationServerContext context = AuthorizationServerContextHolder.getContext();
        return context.getIssuer() + context.getAuthorizationServerSettings().getTokenEndpoint();
    }
}
