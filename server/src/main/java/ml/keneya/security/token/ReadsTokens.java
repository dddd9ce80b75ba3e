package ml.keneya.security.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.security.permission.PermissionOfToken;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Reads an access token that one of our keys has signed; whether its holder is still good is asked elsewhere. */
@Component
class ReadsTokens implements PermissionOfToken {

    /** How far apart the clocks of two copies of the server may be. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    /** As long as an access token lives. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final JWKSource<SecurityContext> keys;
    private final NimbusJwtDecoder decoder;
    private final JwtTimestampValidator times = new JwtTimestampValidator(LEEWAY);

    /**
     * By the digest of their text, so that none can be taken from the memory: to verify a signature costs more than to
     * read a record, and a program shows the same token with each of its requests.
     */
    private final Cache<String, Jwt> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    @Autowired
    ReadsTokens(JWKSource<SecurityContext> keys) {
        this(keys, Clock.systemUTC());
    }

    ReadsTokens(JWKSource<SecurityContext> keys, Clock clock) {
        this.keys = keys;
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(WritesTokens.TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES384, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        // Times are looked at whenever a token is shown, not only when its signature is.
        this.decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        this.times.setClock(clock);
    }

    /** @return nothing when the token is not ours, was changed or has expired, or when its key is no longer ours */
    Optional<Jwt> token(String token) {
        try {
            String digest = digest(token);
            Jwt read = verified.getIfPresent(digest);
            if (read == null || !isKnown(read.getHeaders().get("kid"))) {
                read = decoder.decode(token);
                verified.put(digest, read);
            }
            return times.validate(read).hasErrors() ? Optional.empty() : Optional.of(read);
        } catch (JwtException bad) {
            return Optional.empty();
        }
    }

    /** A key that was taken back takes its tokens with it. */
    private boolean isKnown(@Nullable Object key) {
        if (!(key instanceof String id)) {
            return false;
        }
        try {
            return !keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null)
                    .isEmpty();
        } catch (KeySourceException unknown) {
            return false;
        }
    }

    private static String digest(String token) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
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
