package ml.keneya.security.client;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Public keys at the addresses that an operator registered; no request can name another. They are remembered as long as
 * their {@code Cache-Control} (RFC 9111) allows, a second at least and an hour at most; while they cannot be had, those
 * that were had in the last hour go on. Redirections are not followed, and neither long nor slow answers are waited
 * for. Of many who wait for an address that does not answer, most are told at once.
 */
@Component
class KeysAtAddresses {

    private static final Logger log = LoggerFactory.getLogger(KeysAtAddresses.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    /** Fewer than may ask for tokens at once, so that one silent address leaves room for all others. */
    private static final int MOST_WAITING = 8;

    /** Of an answer that does not say how long it holds. */
    private static final Duration USUALLY_REMEMBERED = Duration.ofMinutes(10);

    private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);

    /** Whoever signs with keys that nobody knows must not make us ask all the time. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final Pattern AGE = Pattern.compile("\\d{1,9}");
    private static final Pattern NOT_KEPT = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)(?:$|[,\\s=])");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(LONGEST_WAIT)
            .build();
    private final Clock clock = Clock.systemUTC();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** For as long as their maker's server is away. */
    private final Cache<URI, JWKSet> hadBefore = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(LONGEST_REMEMBERED)
            .build();

    private final AsyncLoadingCache<URI, Fetched> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfter(Expiry.<URI, Fetched>creating((address, keys) -> keys.good()))
            .buildAsync((address, executor) -> fetch(address));

    /**
     * @param good how long they may be used without asking again
     * @param again until then nobody asks again, whatever keys are missing
     */
    private record Fetched(JWKSet keys, Duration good, Instant again) {}

    /** As they were a short while ago; none when they cannot be had. */
    JWKSet at(URI address) {
        Fetched known = wait(address);
        return known == null ? before(address) : known.keys();
    }

    /** As they are now, unless they have just been fetched. */
    JWKSet afresh(URI address) {
        Fetched known = wait(address);
        if (known == null) {
            return before(address);
        }
        if (known.again().isAfter(clock.instant())) {
            return known.keys();
        }
        // Of many who find the same old ones, one has them fetched.
        remembered.synchronous().asMap().remove(address, known);
        return at(address);
    }

    /** An operator says that what is known of them counts no longer. */
    void forget(URI address) {
        hadBefore.invalidate(address);
        remembered.synchronous().invalidate(address);
    }

    /** @return null when too many are waiting already */
    private @Nullable Fetched wait(URI address) {
        CompletableFuture<Fetched> keys = remembered.get(address);
        if (keys.isDone()) {
            return keys.join();
        }
        if (!waiting.tryAcquire()) {
            return null;
        }
        try {
            return keys.get(2 * LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException impossible) {
            // It ends by itself, without a failure, after the time of one answer.
            return null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            waiting.release();
        }
    }

    private JWKSet before(URI address) {
        JWKSet before = hadBefore.getIfPresent(address);
        return before == null ? new JWKSet() : before;
    }

    /** The time for the whole answer is limited, not only that until it begins. */
    private CompletableFuture<Fetched> fetch(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .timeout(LONGEST_WAIT)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, LimitedBody.handler());
        return answer.orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS).handle((arrived, failure) -> {
            if (failure != null) {
                answer.cancel(true);
                return unavailable(address, failure.getClass().getSimpleName());
            }
            return read(address, arrived);
        });
    }

    private Fetched read(URI address, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return unavailable(address, "status " + answer.statusCode());
        }
        try {
            List<JWK> fit = JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8)).getKeys().stream()
                    .filter(ClientKeys::isFit)
                    .toList();
            JWKSet keys = new JWKSet(fit);
            hadBefore.put(address, keys);
            return new Fetched(keys, goodFor(answer), clock.instant().plus(BETWEEN_LOOKS));
        } catch (ParseException unreadable) {
            return unavailable(address, "no JWKS");
        }
    }

    private Fetched unavailable(URI address, String why) {
        log.warn("The keys at {} cannot be had: {}", address, why);
        return new Fetched(before(address), AFTER_A_FAILURE, clock.instant().plus(AFTER_A_FAILURE));
    }

    private static Duration goodFor(HttpResponse<byte[]> answer) {
        String said = String.join(",", answer.headers().allValues("Cache-Control"));
        if (NOT_KEPT.matcher(said).find()) {
            return BETWEEN_LOOKS;
        }
        Matcher most = MAX_AGE.matcher(said);
        Duration good = most.find() ? Duration.ofSeconds(Long.parseLong(most.group(1))) : USUALLY_REMEMBERED;
        String age = answer.headers().firstValue("Age").orElse("");
        if (AGE.matcher(age).matches()) {
            good = good.minusSeconds(Long.parseLong(age));
        }
        if (good.compareTo(BETWEEN_LOOKS) < 0) {
            return BETWEEN_LOOKS;
        }
        return good.compareTo(LONGEST_REMEMBERED) < 0 ? good : LONGEST_REMEMBERED;
    }
}
