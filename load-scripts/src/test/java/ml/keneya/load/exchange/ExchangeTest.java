package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import ml.keneya.load.test.CapturedTerminal;
import ml.keneya.load.test.Exchanges;
import ml.keneya.load.test.PassingTime;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final byte[] BUNDLE = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String TAKEN = "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}";
    private static final String REFUSED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",\
            "diagnostics":"La date n’existe pas.","expression":["Bundle.entry[3].resource.birthDate"]}]}""";

    private final PassingTime time = new PassingTime();
    private final CapturedTerminal output = new CapturedTerminal();
    private ScriptedServer server;
    private Exchange exchange;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        exchange = Exchanges.patient(server.base(), time, output, Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void triesAgainAfter503AndSucceeds() {
        server.thenAnswer(503, "").thenAnswer(503, "").thenAnswer(200, TAKEN);

        Answer answer = exchange.post(BUNDLE, Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.text()).isEqualTo("{}"));
        // Full jitter, and chance draws zero here.
        assertThat(time.pauses()).containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(output.remarks()).contains("le serveur répond 503", "essai 2 sur 6");
    }

    @Test
    void doesNotTryAgainAfter422() {
        server.thenAnswer(422, REFUSED).thenAnswer(200, TAKEN);

        Answer answer = exchange.post(BUNDLE, Map.of());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(server.requests()).hasSize(1);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void waitsAsLongAsRetryAfterAsks() {
        server.thenAnswer(429, "", "Retry-After", "7")
                // The server tells its time in Date; by our clock, which is another, this moment has long passed.
                .then(http -> {
                    var then = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1);
                    http.getResponseHeaders().add("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(then));
                    http.sendResponseHeaders(503, -1);
                    http.close();
                })
                .thenAnswer(200, TAKEN);

        exchange.post(BUNDLE, Map.of());

        assertThat(time.pauses()).hasSize(2);
        assertThat(time.pauses().get(0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(time.pauses().get(1)).isBetween(Duration.ofSeconds(57), Duration.ofSeconds(61));
    }

    @Test
    void comesBackAfterAConflictOnlyWhenToldWhen() {
        server.thenAnswer(409, "", "Retry-After", "2").thenAnswer(409, REFUSED);

        Answer answer = exchange.post(BUNDLE, Map.of());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void triesAgainWhenTheLineBreaks() {
        server.thenHangUp().thenAnswer(200, TAKEN);

        assertThat(exchange.post(BUNDLE, Map.of()).isSuccess()).isTrue();
        assertThat(time.pauses()).hasSize(1);
    }

    @Test
    void triesAgainWhenAnAnswerStopsInItsMiddle() {
        var hasty = Exchanges.patient(server.base(), time, output, Duration.ofMillis(400));
        server.thenStall().thenAnswer(200, TAKEN);

        assertThat(hasty.post(BUNDLE, Map.of()).isSuccess()).isTrue();
        assertThat(output.remarks()).contains("pas de réponse à temps");
    }

    @Test
    void isUnreachableWhenNobodyListens() throws IOException {
        var nobody = Exchanges.patient("http://127.0.0.1:" + freePort() + "/fhir", time, output, Duration.ofSeconds(5));

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> nobody.post(BUNDLE, Map.of()))
                .satisfies(unreachable -> assertThat(unreachable.exitStatus()).isEqualTo(4));
        assertThat(time.pauses()).hasSize(RetryPolicy.USUAL.attempts() - 1);
    }

    @Test
    void endsWhenAskedToWaitForHours() {
        server.thenAnswer(503, "", "Retry-After", "7200");

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> exchange.post(BUNDLE, Map.of()))
                .withMessageContaining("asks to wait 7200 s");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void doesNotFollowARedirect() {
        server.thenAnswer(302, "", "Location", server.base() + "/elsewhere").thenAnswer(200, TAKEN);

        assertThat(exchange.post(BUNDLE, Map.of()).status()).isEqualTo(302);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void speaksFhirAndFrench() {
        server.thenAnswer(200, TAKEN);

        exchange.post(BUNDLE, Map.of("Keneya-Facility", "cscom-sanankoroba"));

        ScriptedServer.Request request = server.requests().get(0);
        assertThat(request.path()).isEqualTo("/fhir");
        assertThat(request.header("Content-Type")).isEqualTo("application/fhir+json");
        assertThat(request.header("Accept")).isEqualTo("application/fhir+json");
        assertThat(request.header("Accept-Language")).isEqualTo("fr");
        assertThat(request.header("Keneya-Facility")).isEqualTo("cscom-sanankoroba");
    }

    @Test
    void readsACompressedAnswer() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(zipped)) {
            stream.write(TAKEN.getBytes(StandardCharsets.UTF_8));
        }
        server.thenAnswer(200, zipped.toByteArray(), "Content-Encoding", "gzip");

        assertThat(exchange.post(BUNDLE, Map.of()).isA("Bundle")).isTrue();
    }

    @Test
    void explainsWhyAReadWasRefused() {
        server.thenAnswer(400, REFUSED);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> exchange.search(URI.create(server.base() + "/Patient?x=y")))
                .withMessageContaining("La date n’existe pas.")
                .satisfies(refused -> assertThat(refused.exitStatus()).isEqualTo(3));
    }

    @Test
    void takesAPageOfACaptivePortalForNoAnswer() {
        server.thenAnswer(200, "<html>Connectez-vous</html>", "Content-Type", "text/html");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> exchange.search(URI.create(server.base() + "/Patient")));
    }

    @Test
    void findsNothingWhereNothingIs() {
        server.thenAnswer(404, REFUSED).thenAnswer(410, REFUSED);

        assertThat(exchange.read("Location", "a")).isEmpty();
        assertThat(exchange.read("Location", "b")).isEmpty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
