package ml.keneya.load.outbox;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.test.PassingTime;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ReceivingExchange.Delivery;
import ml.keneya.load.test.TokenIssuer;
import ml.keneya.load.tokens.BackendService;
import ml.keneya.load.tokens.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final String OUTCOME =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\"}]}";

    @TempDir
    Path place;

    private final PassingTime time = new PassingTime();
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong nanos = new AtomicLong();
    private final List<OutboxStatus> told = new ArrayList<>();
    private Instant now = PassingTime.NOW;
    private Credentials credentials = Credentials.NONE;
    private ReceivingExchange exchange;
    private Path root;
    private OutboxFolder folder;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        root = place.resolve("boite");
        folder = OutboxFolder.of(root);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void movesWhatWasTakenWithItsAnswerBeside() throws IOException {
        put("visite", bundle("1"));

        OutboxStatus status = empty();

        assertThat(status.sent()).isEqualTo(1);
        assertThat(waiting()).isEmpty();
        assertThat(Files.readString(root.resolve("sent/visite.json"))).isEqualTo(bundle("1"));
        assertThat(Files.readString(root.resolve("sent/visite.json.answer.json")))
                .contains("transaction-response");
    }

    @Test
    void compressesAndNamesWhatItSends() throws IOException {
        put("a", bundle("1"));
        put("b", nameless());
        List<String> encodings = new ArrayList<>();
        exchange.objecting((http, delivery) -> {
            encodings.add(http.getRequestHeaders().getFirst("Content-Encoding") + " "
                    + http.getRequestHeaders().getFirst("Idempotency-Key"));
            assertThat(http.getRequestHeaders().getFirst("Content-Length")).isNotNull();
            return false;
        });

        empty();

        assertThat(encodings).hasSize(2);
        assertThat(encodings.get(0)).isEqualTo("gzip null");
        assertThat(encodings.get(1)).startsWith("gzip sha256-");
    }

    @Test
    void sendsAsTheSiteThatNumberedTheBundle() throws IOException {
        put("a", bundle("1").replaceFirst("\"identifier\":\\{", """
                "identifier":{"assigner":{"identifier":{"system":"https://keneya.ml/id/facility","value":"csref-kita"}},"""));

        empty();

        assertThat(exchange.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.facility()).isEqualTo("csref-kita"));
    }

    @Test
    void sendsTheOldestFirst() throws IOException {
        age(put("b", bundle("young")), 1);
        age(put("a", bundle("younger")), 0);
        age(put("c", bundle("old")), 9);

        empty();

        assertThat(exchange.deliveries()).extracting(Delivery::key).containsExactly("old", "young", "younger");
    }

    @Test
    void putsWhatWasRefusedAsideWithTheReasonAndGoesOn() throws IOException {
        age(put("mauvais", bundle("bad")), 5);
        put("bon", bundle("good"));
        exchange.objecting((http, delivery) -> {
            boolean bad = delivery.key().equals("bad");
            if (bad) {
                answer(http, 422, OUTCOME);
            }
            return bad;
        });

        OutboxStatus status = empty();

        assertThat(status.refused()).isEqualTo(1);
        assertThat(status.sent()).isEqualTo(1);
        assertThat(root.resolve("refused/mauvais.json")).exists();
        assertThat(Files.readString(root.resolve("refused/mauvais.json.answer.json")))
                .isEqualTo(OUTCOME);
    }

    @Test
    void waitsAsTheExchangeAsksInSecondsOrByItsOwnClock() throws IOException {
        // Decades before that of the exchange.
        now = Instant.parse("1999-01-01T00:00:00Z");
        put("a", bundle("1"));
        var tries = new AtomicInteger();
        exchange.objecting((http, delivery) -> switch (tries.incrementAndGet()) {
            case 1 -> {
                answer(http, 429, "", "Retry-After", "30");
                yield true;
            }
            case 2 -> {
                // The JDK's server writes its Date itself; what counts is the difference to that.
                String then = java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).plusSeconds(100));
                answer(http, 503, "", "Retry-After", then);
                yield true;
            }
            default -> false;
        });

        assertThat(empty().sent()).isEqualTo(1);
        assertThat(time.pauses()).hasSize(2);
        assertThat(time.pauses().get(0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(time.pauses().get(1)).isBetween(Duration.ofSeconds(97), Duration.ofSeconds(101));
    }

    @Test
    void holdsOutForWeeksWithoutALinkAndKeepsEverything() throws IOException {
        for (int day = 0; day < 30; day++) {
            age(put("jour-" + day, bundle("day-" + day)), 30 - day);
        }
        exchange.close();

        OutboxStatus status = empty(200);

        assertThat(status.trouble()).isNotNull();
        assertThat(waiting()).hasSize(30);
        assertThat(time.pauses()).hasSize(200);
        assertThat(told)
                .allSatisfy(each -> assertThat(each.untilNextTry()).isLessThanOrEqualTo(Duration.ofMinutes(10)));
    }

    @Test
    void doesNotTakeThePageOfACaptivePortalForAnAnswer() throws IOException {
        put("a", bundle("1"));
        exchange.objecting((http, delivery) -> {
            answer(http, 200, "<html>Bienvenue</html>");
            return true;
        });

        OutboxStatus status = empty(2);

        assertThat(status.trouble()).contains("page de connexion");
        assertThat(waiting()).containsExactly("a.json");
    }

    @Test
    void letsOthersPassWhenOneFileMakesTheServerFail() throws IOException {
        age(put("poison", bundle("poison")), 5);
        put("bon", bundle("good"));
        exchange.objecting((http, delivery) -> {
            boolean poison = delivery.key().equals("poison");
            if (poison) {
                answer(http, 500, OUTCOME);
            }
            return poison;
        });

        OutboxStatus status = empty(3);

        assertThat(status.sent()).isEqualTo(1);
        assertThat(waiting()).containsExactly("poison.json");
        assertThat(exchange.deliveries()).hasSize(1 + 3);
    }

    @Test
    void sendsNothingWhenTheDiskCouldNotHoldTheAnswer() throws IOException {
        put("a", bundle("1"));
        room.set(1000);

        OutboxStatus status = empty(2);

        assertThat(status.trouble()).contains("disque plein");
        assertThat(exchange.deliveries()).isEmpty();
        room.set(Long.MAX_VALUE);
        assertThat(empty().sent()).isEqualTo(1);
    }

    @Test
    void losesNothingWhenTheAnswerCannotBeWritten() throws IOException {
        put("a", bundle("1"));
        // Nobody, not even root, can write into a folder that is a file.
        Files.delete(root.resolve("sent"));
        Files.writeString(root.resolve("sent"), "");

        OutboxStatus blocked = empty(2);

        assertThat(blocked.trouble()).contains("ne peut être lu ou écrit");
        assertThat(waiting()).containsExactly("a.json");
        Files.delete(root.resolve("sent"));
        OutboxFolder.of(root);
        assertThat(empty().sent()).isEqualTo(1);
        assertThat(exchange.kept()).isEqualTo(1);
    }

    @Test
    void leavesAFileInTheMakingAloneAndRefusesItWhenNobodyFinishesIt() throws IOException {
        Files.writeString(root.resolve("demi.json"), bundle("1").substring(0, 30));
        Files.writeString(root.resolve("autre.json.part"), bundle("2"));
        Files.setLastModifiedTime(root.resolve("demi.json"), FileTime.from(PassingTime.NOW.minusSeconds(10)));

        assertThat(empty().refused()).isZero();
        Files.setLastModifiedTime(root.resolve("demi.json"), FileTime.from(PassingTime.NOW.minusSeconds(100)));
        assertThat(empty().refused()).isEqualTo(1);

        assertThat(Files.readString(root.resolve("refused/demi.json.answer.json")))
                .contains("OperationOutcome", "JSON incomplet ou malformé");
        assertThat(root.resolve("autre.json.part")).exists();
        assertThat(exchange.deliveries()).isEmpty();
    }

    @Test
    void takesAFileThatNobodyFinishesForOneThoughTheClockWasSetBackByYears() throws IOException {
        put("bon", bundle("good"));
        Files.writeString(root.resolve("demi.json"), bundle("1").substring(0, 30));
        now = Instant.parse("1999-01-01T00:00:00Z");

        OutboxStatus status = empty();

        assertThat(status.sent()).isEqualTo(1);
        assertThat(status.refused()).isEqualTo(1);
        assertThat(status.trouble()).isNull();
    }

    @Test
    void sendsTheOldestFirstByTheClockThatWroteThemAlsoWhenItRanAhead() throws IOException {
        Files.setLastModifiedTime(put("demain", bundle("2")), FileTime.from(Instant.parse("2040-01-02T00:00:00Z")));
        Files.setLastModifiedTime(put("hier", bundle("1")), FileTime.from(Instant.parse("2040-01-01T00:00:00Z")));

        empty();

        assertThat(exchange.deliveries()).extracting(Delivery::key).containsExactly("1", "2");
    }

    @Test
    void refusesATextInAnotherEncoding() throws IOException {
        Path file = root.resolve("latin1.json");
        Files.write(file, bundle("é").getBytes(StandardCharsets.ISO_8859_1));
        age(file, 1);

        assertThat(empty().refused()).isEqualTo(1);
        assertThat(Files.readString(root.resolve("refused/latin1.json.answer.json")))
                .contains("pas en UTF-8");
    }

    @Test
    void getsAnotherTokenWhenItsOwnHasEnded() throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
        credentials = BackendService.of(
                URI.create(exchange.base()), TokenIssuer.CLIENT, issuer.keyFile(place), "system/*.cruds");
        put("a", bundle("1"));
        assertThat(empty().sent()).isEqualTo(1);
        issuer.forget();
        put("b", bundle("2"));

        assertThat(empty().sent()).isEqualTo(1);

        assertThat(issuer.issued()).isEqualTo(2);
        assertThat(exchange.kept()).isEqualTo(2);
    }

    @Test
    void keepsEverythingWhenNoTokenIsGiven() throws IOException {
        TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
        credentials =
                BackendService.of(URI.create(exchange.base()), "unknown", issuer.keyFile(place), "system/*.cruds");
        put("a", bundle("1"));

        OutboxStatus status = empty(2);

        assertThat(status.trouble()).contains("pas de jeton", "invalid_client");
        assertThat(waiting()).containsExactly("a.json");
    }

    @Test
    void doesNotOverwriteWhatWasSentUnderTheSameName() throws IOException {
        put("visite", bundle("1"));
        empty();
        put("visite", bundle("2"));
        empty();

        assertThat(Files.readString(root.resolve("sent/visite.json"))).isEqualTo(bundle("1"));
        assertThat(Files.readString(root.resolve("sent/visite.2.json"))).isEqualTo(bundle("2"));
    }

    @Test
    void letsOneOutboxWorkOnAFolder() throws IOException {
        try (Outbox first = open()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(this::open).isInstanceOf(OutboxInUseException.class);
        }
    }

    private OutboxStatus empty() throws IOException {
        return empty(6);
    }

    private OutboxStatus empty(int attempts) throws IOException {
        try (Outbox outbox = open()) {
            return outbox.empty(attempts);
        }
    }

    private Outbox open() throws IOException {
        var server = new OutboxServer(
                new FhirBase(URI.create(exchange.base())), credentials, null, Duration.ofSeconds(20), Locale.FRENCH);
        Timing passing = time.timing();
        var timing = new Timing(Clock.fixed(now, ZoneOffset.UTC), passing.random(), passing.pause());
        return Outbox.open(folder, server, told::add, new Outbox.Surroundings(timing, nanos::get, room::get));
    }

    private Path put(String name, String text) throws IOException {
        return folder.put(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void age(Path file, int hours) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-11-22T09:00:00Z").minusSeconds(3600L * hours)));
    }

    private List<String> waiting() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static String nameless() {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}";
    }

    private static String bundle(String number) {
        return "{\"resourceType\":\"Bundle\",\"identifier\":{\"system\":\"urn:x\",\"value\":\"" + number
                + "\"},\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}";
    }
}
