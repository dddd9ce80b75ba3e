package ml.keneya.load.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.TokenIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendServiceTest {
    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private ReceivingExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void getsATokenWithEitherKindOfKeyInEitherKindOfFile(boolean elliptic) throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, elliptic);

        assertThat(service(issuer.keyFile(folder), Clock.systemUTC()).authorization())
                .contains("Bearer token-1");
        assertThat(service(issuer.pemFile(folder), Clock.systemUTC()).authorization())
                .contains("Bearer token-2");
        assertThat(issuer.complaints()).isEmpty();
    }

    @Test
    void keepsATokenUntilShortlyBeforeItsEnd() throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true).lasting(300);
        BackendService service = service(issuer.keyFile(folder), Clock.systemUTC());

        service.authorization();
        nanos.set(Duration.ofSeconds(269).toNanos());
        assertThat(service.authorization()).contains("Bearer token-1");
        nanos.set(Duration.ofSeconds(271).toNanos());

        assertThat(service.authorization()).contains("Bearer token-2");
    }

    @Test
    void getsAnotherWhenTheExchangeDoesNotKnowItAnyMore() throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
        BackendService service = service(issuer.keyFile(folder), Clock.systemUTC());
        String first = service.authorization().orElseThrow();

        assertThat(service.renewed(first)).isTrue();

        assertThat(service.authorization()).contains("Bearer token-2");
    }

    @ParameterizedTest
    @ValueSource(longs = {-20_000, -1, 1, 20_000})
    void signsWithTheServersTimeWhateverItsOwnClockSays(long hours) throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));

        assertThat(service(issuer.keyFile(folder), wrong).authorization()).isPresent();
        assertThat(issuer.complaints()).isEmpty();
    }

    @Test
    void saysWhyTheTokenServerGaveNone() throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
        Path key = issuer.keyFile(folder);
        BackendService other = BackendService.of(URI.create(exchange.base()), "somebody-else", key, "system/*.cruds");

        assertThatThrownBy(other::authorization)
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("invalid_client");
    }

    @Test
    void sendsNoAssertionOverAnOpenLine() throws IOException {
        exchange.server().createContext("/fhir/.well-known/smart-configuration", http -> {
            try (http) {
                ReceivingExchange.answer(http, 200, "{\"token_endpoint\":\"http://192.0.2.1/token\"}");
            }
        });
        Path key = TokenIssuer.guarding(new ReceivingExchange(), true).keyFile(folder);

        assertThatThrownBy(service(key, Clock.systemUTC())::authorization)
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AA\"}",
                "{\"kty\":\"oct\",\"k\":\"AA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"d\":\"AQAB\"}",
                "{\"keys\":[]}",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----"
            })
    void refusesAFileThatHoldsNoUsableKey(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), text);

        assertThatThrownBy(() -> service(file, Clock.systemUTC())).isInstanceOf(IllegalArgumentException.class);
    }

    private BackendService service(Path key, Clock clock) throws IOException {
        return BackendService.of(
                URI.create(exchange.base()), TokenIssuer.CLIENT, key, "system/*.cruds", clock, nanos::get);
    }
}
