package ml.keneya.security.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys as they were minutes ago. One that is not among them is looked for, but twice in ten seconds
 * at most, whatever tokens name; while the issuer is away those that were had in the last hour go on. Whoever finds
 * another waiting for it waits a second and is then refused for the moment.
 */
class KeysOfIssuer implements JWKSource<SecurityContext> {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** Between two times that the issuer may be asked; Nimbus lets a second question through in it. */
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final FetchesKeys fetches;
    private final JWKSource<SecurityContext> remembered;

    KeysOfIssuer(FetchesKeys fetches, Duration betweenLooks) {
        this.fetches = fetches;
        this.remembered = JWKSourceBuilder.create(fetches)
                .cache(REMEMBERED.toMillis(), LONGEST_WAIT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(betweenLooks.toMillis())
                .outageTolerant(LONGEST_REMEMBERED.toMillis())
                .build();
    }

    /** @throws KeySourceException when it cannot be said for the moment which keys the issuer has */
    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return remembered.get(wanted, context);
        } catch (RateLimitReachedException justLooked) {
            // Looked for a moment ago and not there: nobody's key, rather than an issuer that is away.
            if (!fetches.last().getKeys().isEmpty()
                    && wanted.select(fetches.last()).isEmpty()) {
                return List.of();
            }
            throw justLooked;
        }
    }
}
