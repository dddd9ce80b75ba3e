package ml.keneya.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies the signature of a token once: that costs more than to read a record, and a program shows the same token
 * with each of its requests. Each issuer has one of these for itself, so that none vouches for what another signed.
 * Times and rights are looked at by whoever asks, each time.
 */
public final class VerifiedTokens {

    /** As long as an access token of ours lives. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final JWKSource<SecurityContext> keys;
    private final JwtDecoder decoder;

    /** By the digest of their text, so that none can be taken from the memory. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    private record Verified(Jwt token, List<JWK> keys) {}

    /** @param decoder verifies signatures with the keys, and nothing else */
    public VerifiedTokens(JWKSource<SecurityContext> keys, JwtDecoder decoder) {
        this.keys = keys;
        this.decoder = decoder;
    }

    /**
     * @throws org.springframework.security.oauth2.jwt.JwtException as the decoder, which is asked unless it was before
     */
    public Jwt read(String token) {
        String digest = digest(token);
        Verified known = verified.getIfPresent(digest);
        // A key that was taken back, or replaced under its name, takes its tokens with it.
        if (known != null
                && known.keys().equals(named(known.token().getHeaders().get("kid")))) {
            return known.token();
        }
        verified.invalidate(digest);
        Jwt read = decoder.decode(token);
        List<JWK> by = named(read.getHeaders().get("kid"));
        if (!by.isEmpty()) {
            verified.put(digest, new Verified(read, by));
        }
        return read;
    }

    /** None when it cannot be said for the moment; the decoder says so then. */
    private List<JWK> named(@Nullable Object key) {
        if (!(key instanceof String id)) {
            return List.of();
        }
        try {
            return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
        } catch (KeySourceException unknown) {
            return List.of();
        }
    }

    private static String digest(String token) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
