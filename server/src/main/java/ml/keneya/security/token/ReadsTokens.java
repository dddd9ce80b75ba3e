package ml.keneya.security.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.security.VerifiedTokens;
import ml.keneya.security.permission.PermissionOfToken;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Reads an access token that one of our keys has signed; whether its holder is still good is asked elsewhere. */
@Component
class ReadsTokens implements PermissionOfToken {

    /** How far apart the clocks of two copies of the server may be. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final VerifiedTokens verified;
    private final JwtTimestampValidator times = new JwtTimestampValidator(LEEWAY);

    @Autowired
    ReadsTokens(JWKSource<SecurityContext> keys) {
        this(keys, Clock.systemUTC());
    }

    ReadsTokens(JWKSource<SecurityContext> keys, Clock clock) {
        this.verified = new VerifiedTokens(keys, ReadsTokens::decoder);
        this.times.setClock(clock);
    }

    private static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(WritesTokens.TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES384, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        // Times are looked at whenever a token is shown, not only when its signature is.
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    /** @return nothing when the token is not ours, was changed or has expired, or when its key is no longer ours */
    Optional<Jwt> token(String token) {
        try {
            return verified.read(token, read -> !times.validate(read).hasErrors());
        } catch (JwtException bad) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<UUID> read(String token) {
        return token(token).flatMap(ReadsTokens::login);
    }

    static Optional<UUID> login(Jwt token) {
        try {
            return Optional.ofNullable(token.getClaimAsString(WritesTokens.LOGIN))
                    .map(UUID::fromString);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
