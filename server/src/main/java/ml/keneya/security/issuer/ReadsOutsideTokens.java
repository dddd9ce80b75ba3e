package ml.keneya.security.issuer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import ml.keneya.security.VerifiedTokens;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads an access token that the other issuer has signed for us: with one of its own public keys, by RSA or an elliptic
 * curve and never by a shared secret, for our audience, not expired. What the token itself says about where its key is
 * counts for nothing.
 */
class ReadsOutsideTokens {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** How far apart the clocks of the issuer and the exchange may be. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    /** A token that is good for longer is a password. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private static final int LONGEST_SUBJECT = 255;

    private final String issuer;
    private final VerifiedTokens verified;
    private final JwtTimestampValidator times = new JwtTimestampValidator(LEEWAY);
    private final Clock clock;

    ReadsOutsideTokens(String issuer, JWKSource<SecurityContext> keys, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.verified = new VerifiedTokens(keys, ReadsOutsideTokens::decoder);
        this.times.setClock(clock);
    }

    private static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        // RFC 9068 asks for "at+jwt"; most issuers, Keycloak too, write "JWT" or nothing.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        // Times are looked at whenever a token is shown, not only when its signature is.
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    /**
     * @return nothing when the token is not good, for whatever reason
     * @throws IssuerAwayException when it cannot be said for the moment
     */
    Optional<Jwt> token(String token, String audience) {
        try {
            return verified.read(
                    token, read -> !times.validate(read).hasErrors() && isFor(read, audience) && isForAccess(read));
        } catch (JwtException bad) {
            if (bad.getCause() instanceof KeySourceException away) {
                throw new IssuerAwayException(away);
            }
            return Optional.empty();
        }
    }

    private boolean isFor(Jwt token, String audience) {
        Instant expires = token.getExpiresAt();
        String subject = token.getSubject();
        return expires != null
                && expires.isBefore(clock.instant().plus(LONGEST_LIFE).plus(LEEWAY))
                && issuer.equals(token.getClaimAsString("iss"))
                && token.getAudience() != null
                && token.getAudience().contains(audience)
                && subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
    }

    /** Keycloak says in a claim what a token is for; one that is bound to a key is worth nothing without that key. */
    private static boolean isForAccess(Jwt token) {
        return (!token.hasClaim("typ") || "Bearer".equals(token.getClaimAsString("typ"))) && !token.hasClaim("cnf");
    }
}
