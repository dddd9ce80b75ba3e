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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies the signature of a token once in some minutes: that costs more than to read a record, and a program shows
 * the same token with each of its requests. Each issuer has one of these for itself, so that none vouches for what
 * another signed. Times and rights are looked at by whoever asks, each time, and a token that is not good for them is
 * not remembered.
 */
public final class VerifiedTokens {

    /** As long as an access token of ours lives. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** In characters of their texts. */
    private static final long MOST_REMEMBERED = 16_000_000;

    /** RFC 7515, 7.1. Decoders pass over other characters, so that one token could be shown in any number of forms. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final JWKSource<SecurityContext> keys;
    private final JwtDecoder decoder;

    /** The keys with which the token of this thread is being verified. */
    private final ThreadLocal<List<JWK>> asked = new ThreadLocal<>();

    /** By the digest of their text, so that none can be taken from the memory. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MOST_REMEMBERED)
            .weigher((String digest, Verified each) ->
                    each.token().getTokenValue().length())
            .build();

    /** @param named finds the keys that bear the name of the one by which it was signed */
    private record Verified(
            Jwt token, List<JWK> keys, @Nullable JWKSelector named) {}

    /** @param decoding gives what verifies signatures with the keys that it gets, and nothing else */
    public VerifiedTokens(JWKSource<SecurityContext> keys, Function<JWKSource<SecurityContext>, JwtDecoder> decoding) {
        this.keys = keys;
        this.decoder = decoding.apply((selector, context) -> {
            List<JWK> found = keys.get(selector, context);
            asked.set(found);
            return found;
        });
    }

    /**
     * @param good what else is asked of a token, each time
     * @return nothing when the token is not good
     * @throws org.springframework.security.oauth2.jwt.JwtException as the decoder, which is asked unless it was before
     */
    public Optional<Jwt> read(String token, Predicate<Jwt> good) {
        String digest = digest(token);
        Verified known = verified.getIfPresent(digest);
        // A key that was taken back, or replaced under its name, takes its tokens with it.
        if (known != null && known.keys().equals(found(known.named()))) {
            return Optional.of(known.token()).filter(good);
        }
        if (!FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        if (known != null) {
            verified.asMap().remove(digest, known);
        }
        asked.remove();
        try {
            Jwt read = decoder.decode(token);
            List<JWK> by = asked.get();
            Optional<Jwt> found = Optional.of(read).filter(good);
            if (found.isPresent() && by != null && !by.isEmpty()) {
                verified.put(
                        digest,
                        new Verified(
                                read,
                                List.copyOf(by),
                                selector(read.getHeaders().get("kid"))));
            }
            return found;
        } finally {
            asked.remove();
        }
    }

    /** None when it cannot be said for the moment; the decoder says so then. */
    private List<JWK> found(@Nullable JWKSelector wanted) {
        try {
            return wanted == null ? List.of() : keys.get(wanted, null);
        } catch (KeySourceException unknown) {
            return List.of();
        }
    }

    private static @Nullable JWKSelector selector(@Nullable Object key) {
        return key instanceof String id
                ? new JWKSelector(new JWKMatcher.Builder().keyID(id).build())
                : null;
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
