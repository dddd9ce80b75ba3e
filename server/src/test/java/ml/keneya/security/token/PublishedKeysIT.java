package ml.keneya.security.token;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Systems that publish their keys at an address which the operator registered (SMART App Launch 2.2). */
@KeneyaIntegrationTest
class PublishedKeysIT {

    private static final String READ = "system/*.rs";

    @Autowired
    Exchange exchange;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final JWK first = TestSystem.anEcKey();
    private final JWK second = TestSystem.anRsaKey();
    private volatile Publisher publisher = wire -> answer(wire, "no-store", first);
    private HttpServer server;

    /** What the maker of a system answers to who wants its keys. */
    private interface Publisher {
        void answer(HttpExchange wire) throws IOException;
    }

    @BeforeEach
    void publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/jwks.json", wire -> {
            asked.incrementAndGet();
            try (wire) {
                publisher.answer(wire);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    @DisplayName("T2: keys that a system replaces at its address count from then on, the old ones no longer")
    void t2_letsASystemReplaceItsKeysItself() {
        TestSystem system = registered();
        mayCome(system, first);

        publisher = wire -> answer(wire, "no-store", second);

        await().untilAsserted(() -> mayCome(system, second));
        mayNotCome(system, first);
    }

    @Test
    @DisplayName("T2: a key that is new at the address is looked for, and keys that are known are not fetched again")
    void t2_remembersKeysAsLongAsItMay() throws Exception {
        publisher = wire -> answer(wire, "public, max-age=3600", first);
        TestSystem system = registered();
        mayCome(system, first);
        mayCome(system, first);
        assertThat(asked).hasValue(1);

        publisher = wire -> answer(wire, "public, max-age=3600", second);

        await().untilAsserted(() -> mayCome(system, second));
        int before = asked.get();
        AtOnce.send(8, each -> {
            mayCome(system, second);
            return each;
        });
        assertThat(asked).as("asked for what is known").hasValue(before);
    }

    @Test
    @DisplayName("T2: what an operator replaces counts at once, also at the same address")
    void t2_forgetsKeysWhenAnOperatorReplacesThem() {
        publisher = wire -> answer(wire, "public, max-age=3600", first);
        TestSystem system = registered();
        mayCome(system, first);
        publisher = wire -> answer(wire, "public, max-age=3600", second);

        TestSystem.operate(
                        exchange,
                        "PUT",
                        "/" + system.id() + "/jwks-url",
                        "{\"jwksUrl\":\"" + address() + "\"}",
                        TestSystem.operatorKey())
                .hasStatus(200);

        mayNotCome(system, first);
        mayCome(system, second);
    }

    @Test
    @DisplayName("T2: while the address is away the keys of before go on, and unknown ones do not make us ask and ask")
    void t2_goesOnWithKnownKeysDuringAnOutage() throws Exception {
        TestSystem system = registered();
        mayCome(system, first);
        int before = asked.get();

        publisher = wire -> wire.sendResponseHeaders(503, -1);

        await().until(() -> {
            mayCome(system, first);
            return asked.get() > before;
        });
        AtOnce.send(8, each -> {
            mayNotCome(system, second);
            return each;
        });
        mayCome(system, first);
        assertThat(asked.get() - before).as("asked meanwhile").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "long", "private", "nonsense", "stalled"})
    @DisplayName("T2: what is not a short set of fit public keys lets nobody in")
    void t2_takesNothingElseForKeys(String what) {
        publisher = wire -> answerBadly(wire, what);
        TestSystem system = registered();

        mayNotCome(system, first);
        assertThat(asked).hasPositiveValue();
    }

    @Test
    @DisplayName("O3: an assertion cannot name where its keys are")
    void o3_fetchesNothingThatAnAssertionNames() {
        TestSystem system = TestSystem.registered(exchange, "site", unique("cscom"), first);
        String address = address();

        Answer refused = system.ask(
                TestSystem.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS384)
                                .type(JOSEObjectType.JWT)
                                .keyID(second.getKeyID())
                                .jwkURL(URI.create(address))
                                .x509CertURL(URI.create(address))
                                .build(),
                        second,
                        system.claims().build()),
                READ);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://emr.example.ml/jwks.json",
                "file:///etc/passwd",
                "ml.example.emr:/keys",
                "http.evil.example:/keys",
                "https://user@emr.example.ml/jwks.json",
                "jwks.json"
            })
    @DisplayName("O3: an operator registers an address over TLS, or on this machine")
    void o3_registersNoUnsafeAddress(String address) {
        assertThat(register(unique("system"), address).status()).isEqualTo(400);
    }

    private TestSystem registered() {
        String id = unique("system");
        register(id, address()).hasStatus(201);
        return TestSystem.known(exchange, id, first);
    }

    private Answer register(String id, String address) {
        return TestSystem.operate(
                exchange, "POST", "", """
                {"id":"%s","role":"site","facility":"%s","jwksUrl":"%s"}""".formatted(id, unique("cscom"), address), TestSystem.operatorKey());
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
    }

    private void mayCome(TestSystem system, JWK key) {
        system.ask(assertion(system, key), READ).hasStatus(200);
    }

    private void mayNotCome(TestSystem system, JWK key) {
        assertThat(system.ask(assertion(system, key), READ).hasStatus(401).body())
                .contains("invalid_client");
    }

    private static String assertion(TestSystem system, JWK key) {
        JWSAlgorithm algorithm = "EC".equals(key.getKeyType().getValue()) ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
        return system.signed(
                algorithm, key, claims -> claims.jwtID(UUID.randomUUID().toString()));
    }

    private static void answer(HttpExchange wire, String cacheControl, JWK key) throws IOException {
        wire.getResponseHeaders().add("Cache-Control", cacheControl);
        answer(wire, new JWKSet(key.toPublicJWK()).toString());
    }

    private static void answer(HttpExchange wire, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        wire.sendResponseHeaders(200, bytes.length);
        wire.getResponseBody().write(bytes);
    }

    private void answerBadly(HttpExchange wire, String what) throws IOException {
        String good = new JWKSet(first.toPublicJWK()).toString();
        switch (what) {
            case "redirect" -> {
                wire.getResponseHeaders().add("Location", address() + "?again");
                if (wire.getRequestURI().getQuery() == null) {
                    wire.sendResponseHeaders(302, -1);
                } else {
                    answer(wire, good);
                }
            }
            case "long" -> answer(wire, good + " ".repeat(100_000));
            case "private" -> answer(wire, new JWKSet(first).toString(false));
            case "nonsense" -> answer(wire, "<html>");
            case "stalled" -> stall(wire);
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** Begins, and does not go on. */
    private void stall(HttpExchange wire) throws IOException {
        wire.sendResponseHeaders(200, 0);
        wire.getResponseBody().write('{');
        wire.getResponseBody().flush();
        try {
            ended.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
