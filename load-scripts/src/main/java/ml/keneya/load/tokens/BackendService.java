package ml.keneya.load.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A program that works without a person at it: gets its tokens by SMART Backend Services (SMART App Launch 2.2), with a
 * signed assertion ({@code private_key_jwt}) at the token endpoint that the exchange names.
 *
 * <p>A token is kept until shortly before its end, measured by a clock that nobody can set. The assertion carries the
 * server's time, so that a machine with a wrong clock gets its token all the same.
 */
public final class BackendService implements Credentials {
    // At most five minutes by the standard; a slow link and a server's own clock need some of it.
    private static final Duration ASSERTION_VALID = Duration.ofMinutes(4);
    private static final long EARLY_SECONDS = 30;
    private static final long USUAL_SECONDS = 300;
    private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();

    private final Identity identity;
    private final TokenWire wire;
    private final ServerTime time;
    private final LongSupplier nanos;
    private @Nullable Token token;

    /** Who asks, with what, for what. */
    private record Identity(URI base, String client, ClientKey key, String scope) {}

    private record Token(String authorization, long endsAtNanos) {}

    private BackendService(Identity identity, TokenWire wire, ServerTime time, LongSupplier nanos) {
        this.identity = identity;
        this.wire = wire;
        this.time = time;
        this.nanos = nanos;
    }

    /**
     * A client that is registered with the exchange.
     *
     * @param base the FHIR address, under which {@code .well-known/smart-configuration} lies
     * @param client its {@code client_id}
     * @param key file with its private key: JWK, or PKCS #8 in PEM; RSA or P-384
     * @param scope what it asks for, for example {@code system/*.cruds}
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it holds no usable key
     */
    public static BackendService of(URI base, String client, Path key, String scope) throws IOException {
        return of(base, client, key, scope, Clock.systemUTC(), System::nanoTime);
    }

    static BackendService of(URI base, String client, Path key, String scope, Clock clock, LongSupplier nanos)
            throws IOException {
        var time = new ServerTime(clock);
        var identity = new Identity(base, client, ClientKey.read(key), scope);
        return new BackendService(identity, new TokenWire(time), time, nanos);
    }

    @Override
    public synchronized Optional<String> authorization() throws IOException {
        Token held = token;
        if (held == null || held.endsAtNanos() - nanos.getAsLong() <= 0) {
            held = requested();
            token = held;
        }
        return Optional.of(held.authorization());
    }

    @Override
    public synchronized boolean renewed(String refused) {
        Token held = token;
        if (held != null && held.authorization().equals(refused)) {
            token = null;
        }
        return true;
    }

    private Token requested() throws IOException {
        // Asked for each time: a token lives for minutes at least, and an endpoint that moved is found again. Its
        // answer
        // also tells the server's time before the assertion needs it.
        URI endpoint = wire.tokenEndpoint(identity.base());
        long before = nanos.getAsLong();
        JsonNode answer = wire.token(endpoint, assertion(endpoint), identity.scope());
        String text = answer.path("access_token").asText();
        if (text.isEmpty()) {
            throw new TokenException("access_token", false);
        }
        long seconds = answer.path("expires_in").asLong(USUAL_SECONDS);
        long usable = Math.max(seconds / 2, seconds - EARLY_SECONDS);
        return new Token("Bearer " + text, before + Duration.ofSeconds(usable).toNanos());
    }

    private String assertion(URI endpoint) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", identity.key().algorithm())
                .put("typ", "JWT");
        if (identity.key().id() != null) {
            header.put("kid", identity.key().id());
        }
        long now = time.now().getEpochSecond();
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", identity.client())
                .put("sub", identity.client())
                .put("aud", endpoint.toString())
                .put("iat", now)
                .put("exp", now + ASSERTION_VALID.toSeconds())
                .put("jti", UUID.randomUUID().toString());
        String signed = encoded(header) + "." + encoded(claims);
        byte[] signature = identity.key().sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE_64.encodeToString(signature);
    }

    private static String encoded(ObjectNode document) {
        return BASE_64.encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
    }
}
