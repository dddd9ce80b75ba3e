package ml.keneya.security.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Public keys at the addresses that an operator registered; no request can name another. They are remembered as long as
 * their {@code Cache-Control} (RFC 9111) allows, an hour at most; while they cannot be had, those that were had in the
 * last hour go on. Redirections are not followed, and neither long nor slow answers are waited for.
 */
@Component
class KeysAtAddresses {

    private static final Logger log = LoggerFactory.getLogger(KeysAtAddresses.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Of an answer that does not say how long it holds. */
    private static final Duration USUALLY_REMEMBERED = Duration.ofMinutes(10);

    private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);

    /** Whoever signs with keys that nobody knows must not make us ask all the time. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final Pattern NOT_KEPT = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)(?:$|[,\\s=])");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(LONGEST_WAIT)
            .build();
    private final Clock clock = Clock.systemUTC();
    /** For as long as their maker's server is away. */
    private final Cache<URI, JWKSet> hadBefore = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(LONGEST_REMEMBERED)
            .build();

    private final LoadingCache<URI, Fetched> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfter(Expiry.<URI, Fetched>creating((address, keys) -> keys.good()))
            .build(this::fetch);

    /** @param good how long they may be used without asking again */
    private record Fetched(JWKSet keys, Duration good, Instant when) {}

    /** As they were a short while ago; none when they cannot be had. */
    JWKSet at(URI address) {
        return remembered.get(address).keys();
    }

    /** As they are now, unless they have just been fetched. */
    JWKSet afresh(URI address) {
        Fetched known = remembered.get(address);
        if (known.when().isAfter(clock.instant().minus(BETWEEN_LOOKS))) {
            return known.keys();
        }
        remembered.invalidate(address);
        return remembered.get(address).keys();
    }

    private Fetched fetch(URI address) {
        Instant now = clock.instant();
        try {
            HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address)
                    .header("Accept", "application/json")
                    .timeout(LONGEST_WAIT)
                    .build());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            List<JWK> fit = JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8)).getKeys().stream()
                    .filter(ClientKeys::isFit)
                    .toList();
            JWKSet keys = new JWKSet(fit);
            hadBefore.put(address, keys);
            return new Fetched(keys, goodFor(answer), now);
        } catch (IOException | ParseException failed) {
            log.warn("The keys at {} cannot be had: {}", address, failed.getMessage());
            JWKSet before = hadBefore.getIfPresent(address);
            return new Fetched(before == null ? new JWKSet() : before, BETWEEN_LOOKS, now);
        }
    }

    /** The time for the whole answer is limited, not only that until it begins. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, LimitedBody.handler());
        try {
            return answer.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException("no whole answer in " + LONGEST_WAIT, slow);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopping);
        }
    }

    private static Duration goodFor(HttpResponse<byte[]> answer) {
        String said = String.join(",", answer.headers().allValues("Cache-Control"));
        if (NOT_KEPT.matcher(said).find()) {
            return Duration.ZERO;
        }
        Matcher age = MAX_AGE.matcher(said);
        Duration good = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : USUALLY_REMEMBERED;
        return good.compareTo(LONGEST_REMEMBERED) < 0 ? good : LONGEST_REMEMBERED;
    }
}
