package ml.keneya.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stands in for an issuer outside of the exchange: discovery document, keys, and tokens as it would sign them. */
public final class TestIssuer {

    private static final TestIssuer SHARED = new TestIssuer();

    private final HttpServer server;
    private final RSAKey first = anRsaKey();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<JWK> keys = List.of(first);
    private volatile String calledItself;
    private volatile int status = 200;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "test issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/realm/.well-known/openid-configuration", wire -> answer(wire, document()));
        server.createContext("/realm/keys", wire -> {
            asked.incrementAndGet();
            answer(wire, new JWKSet(keys.stream().map(JWK::toPublicJWK).toList()).toString());
        });
        server.start();
        calledItself = uri();
    }

    /** The one that the server of the integration tests knows. */
    public static TestIssuer shared() {
        return SHARED;
    }

    /** What the settings of the server under test say about it. */
    static Map<String, Object> settings() {
        return Map.of("keneya.issuer.uri", SHARED.uri(), "keneya.issuer.roles", "site,area,expert-hub,agency");
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    public JWK key() {
        return first;
    }

    /** How often its keys were fetched. */
    public int asked() {
        return asked.get();
    }

    public void publishes(JWK... others) {
        keys = List.of(others);
    }

    public void callsItself(String name) {
        calledItself = name;
    }

    public void goesAway() {
        status = 503;
    }

    public void comesBack() {
        status = 200;
    }

    /** Claims of a good token of a site, for the audience. */
    public JWTClaimsSet.Builder claims(String audience, String facility) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .subject(UUID.randomUUID().toString())
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(200)))
                .jwtID(UUID.randomUUID().toString())
                .claim("typ", "Bearer")
                .claim("azp", "emr")
                .claim("scope", "profile email system/*.cruds")
                .claim("keneya_role", "site")
                .claim("keneya_facility", facility);
    }

    /** Signed with the key that it had at first. */
    public String token(JWTClaimsSet.Builder claims) {
        return sign(JWSAlgorithm.RS256, first, claims, header -> header);
    }

    public static String sign(
            JWSAlgorithm algorithm, JWK with, JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> change) {
        try {
            JWSSigner signer = with instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(with.toECKey());
            JWSHeader.Builder header =
                    new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(with.getKeyID());
            SignedJWT jwt = new SignedJWT(change.apply(header).build(), claims.build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static RSAKey anRsaKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String document() {
        return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(calledItself, uri());
    }

    private void answer(HttpExchange wire, String body) throws IOException {
        try (wire) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            wire.sendResponseHeaders(status, bytes.length);
            wire.getResponseBody().write(bytes);
        }
    }
}
