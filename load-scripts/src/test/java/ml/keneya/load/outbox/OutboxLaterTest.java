package ml.keneya.load.outbox;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.PassingTime;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ReceivingExchange.Delivery;
import ml.keneya.load.tokens.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An exchange that answers 202 has the bundle, and says at an address of its own what became of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OutboxLaterTest {
    private static final String OUTCOME =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\"}]}";
    private static final String DONE = """
            {"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"200"},"resource":
            {"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created"}}]}}]}""";
    private static final String REFUSED = """
            {"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"422","outcome":%s}}]}""".formatted(OUTCOME);

    @TempDir
    Path place;

    private final PassingTime time = new PassingTime();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<OutboxStatus> told = new ArrayList<>();
    private ReceivingExchange exchange;
    private Path root;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        exchange.objecting((http, delivery) -> {
            takenForLater(http, delivery);
            return true;
        });
        root = place.resolve("boite");
        OutboxFolder.of(root);
        Files.writeString(root.resolve("visite.json"), bundle("1"));
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    @DisplayName("What was taken for later is neither sent again nor called sent until its outcome is there")
    void followsWhatWasTakenForLater() throws IOException {
        statusAnswers(http -> {
            if (asked.get() < 4) {
                assertThat(root.resolve("visite.json")).exists();
                answer(http, 202, "", "Retry-After", "2", "X-Progress", "attend");
            } else {
                answer(http, 200, DONE);
            }
        });

        OutboxStatus status = empty(2);

        assertThat(status.sent()).isEqualTo(1);
        assertThat(status.trouble()).isNull();
        assertThat(told).noneMatch(each -> each.trouble() != null);
        assertThat(exchange.deliveries()).hasSize(1);
        assertThat(asked).hasValue(4);
        // As long as the exchange asks, also more often than an exchange that is away would be tried.
        assertThat(time.pauses()).hasSize(4).containsOnly(Duration.ofSeconds(2));
        assertThat(Files.readString(root.resolve("sent/visite.json.answer.json")))
                .contains("transaction-response")
                .doesNotContain("batch-response");
        assertThat(notes()).isEmpty();
    }

    @Test
    @DisplayName("A refusal that comes later is put aside with its reason")
    void refusesLater() throws IOException {
        statusAnswers(http -> answer(http, 200, REFUSED));

        assertThat(empty(2).refused()).isEqualTo(1);

        assertThat(Files.readString(root.resolve("refused/visite.json.answer.json")))
                .isEqualTo(OUTCOME);
        assertThat(notes()).isEmpty();
    }

    @Test
    @DisplayName("Others pass while the outcome of one is awaited")
    void letsOthersPass() throws IOException {
        Files.writeString(root.resolve("autre.json"), bundle("2"));
        Files.setLastModifiedTime(root.resolve("visite.json"), FileTime.fromMillis(0));
        List<String> sent = new ArrayList<>();
        exchange.objecting((http, delivery) -> {
            sent.add(delivery.key());
            boolean first = delivery.key().equals("1");
            if (first) {
                takenForLater(http, delivery);
            }
            return first;
        });
        statusAnswers(http -> {
            assertThat(sent).containsExactly("1", "2");
            answer(http, 200, DONE);
        });

        assertThat(empty(2).sent()).isEqualTo(2);
    }

    @Test
    @DisplayName("After kill -9 it asks for the outcome and does not send the bundle again")
    void survivesKill() throws Exception {
        var asking = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        statusAnswers(http -> {
            if (asked.get() == 1) {
                asking.countDown();
                await(killed);
            } else {
                answer(http, 200, DONE);
            }
        });

        try (var child = ChildProgram.start(place, "outbox", root.toString(), "--server", exchange.base(), "--once")) {
            assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();
            child.kill();
            assertThat(child.exitStatus()).isEqualTo(128 + 9);
        }
        killed.countDown();
        assertThat(root.resolve("visite.json")).exists();
        assertThat(notes()).hasSize(1);

        assertThat(empty(2).sent()).isEqualTo(1);
        assertThat(exchange.deliveries()).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("An exchange that has forgotten it gets it again, under the same name")
    void sendsAgainWhatWasForgotten() throws IOException {
        var tries = new AtomicInteger();
        exchange.objecting((http, delivery) -> {
            boolean first = tries.incrementAndGet() == 1;
            if (first) {
                takenForLater(http, delivery);
            }
            return first;
        });
        statusAnswers(http -> answer(http, 404, OUTCOME));

        assertThat(empty(2).sent()).isEqualTo(1);

        assertThat(exchange.deliveries()).extracting(Delivery::key).containsExactly("1", "1");
        assertThat(exchange.kept()).isEqualTo(1);
        assertThat(notes()).isEmpty();
    }

    @Test
    @DisplayName("A portal, a fault or a refusal at that address decides nothing about the bundle")
    void keepsWhatCannotBeAskedFor() throws IOException {
        statusAnswers(http -> {
            switch (asked.get()) {
                case 1 -> answer(http, 200, "<html>Bienvenue</html>");
                case 2 -> answer(http, 503, "");
                case 3 -> answer(http, 403, OUTCOME);
                default -> answer(http, 200, DONE);
            }
        });

        assertThat(empty(9).sent()).isEqualTo(1);

        assertThat(asked).hasValue(4);
        assertThat(exchange.deliveries()).hasSize(1);
    }

    @Test
    @DisplayName("A note about another content of the same name is not followed")
    void asksOnlyAboutThisContent() throws IOException {
        statusAnswers(http -> answer(http, 503, ""));
        empty(1);
        assertThat(notes()).hasSize(1);
        int before = asked.get();
        Files.writeString(root.resolve("visite.json"), bundle("corrected"));
        exchange.objecting((http, delivery) -> false);

        assertThat(empty(1).sent()).isEqualTo(1);

        assertThat(asked).hasValue(before);
        assertThat(notes()).isEmpty();
    }

    @Test
    @DisplayName("202 without an address is no answer: the bundle stays and is sent again")
    void doesNotTrustAnAcceptanceWithoutAnAddress() throws IOException {
        exchange.objecting((http, delivery) -> {
            answer(http, 202, "");
            return true;
        });

        OutboxStatus status = empty(2);

        assertThat(status.sent()).isZero();
        assertThat(status.trouble()).contains("HTTP 202");
        assertThat(root.resolve("visite.json")).exists();
        assertThat(exchange.deliveries()).hasSize(2);
    }

    @Test
    @DisplayName("An exchange whose answer is too old to be kept has the bundle all the same")
    void takesAForgottenAnswerForReceived() throws IOException {
        exchange.objecting((http, delivery) -> {
            answer(http, 422, OUTCOME.replace("\"code\":\"invalid\"", """
                    "code":"duplicate","details":{"coding":[{"code":"ML-INTAKE-013"}]}"""));
            return true;
        });

        assertThat(empty(2).sent()).isEqualTo(1);
        assertThat(root.resolve("sent/visite.json")).exists();
    }

    private void takenForLater(HttpExchange http, Delivery delivery) throws IOException {
        exchange.keep(delivery);
        answer(http, 202, "", "Content-Location", exchange.base() + "/$delivery-status?id=7", "Retry-After", "2");
    }

    /** What stands at the address that a 202 names. */
    private interface Status {
        void answers(HttpExchange http) throws IOException;
    }

    private void statusAnswers(Status status) {
        exchange.server().createContext("/fhir/$delivery-status", http -> {
            try (http) {
                asked.incrementAndGet();
                assertThat(http.getRequestURI().getQuery()).isEqualTo("id=7");
                status.answers(http);
            } catch (AssertionError wrong) {
                answer(http, 599, String.valueOf(wrong.getMessage()));
            }
        });
    }

    private OutboxStatus empty(int attempts) throws IOException {
        var server = new OutboxServer(
                new FhirBase(URI.create(exchange.base())),
                Credentials.NONE,
                null,
                Duration.ofSeconds(20),
                Locale.FRENCH);
        Timing passing = time.timing();
        // A clock that nobody can set goes on while it waits.
        var timing = new Timing(passing.clock(), passing.random(), wait -> {
            passing.pause().lasting(wait);
            nanos.addAndGet(wait.toNanos());
        });
        var surroundings = new Outbox.Surroundings(timing, nanos::get, () -> Long.MAX_VALUE);
        try (Outbox outbox = Outbox.open(OutboxFolder.of(root), server, told::add, surroundings)) {
            return outbox.empty(attempts);
        }
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".later"))
                    .toList();
        }
    }

    private static String bundle(String number) {
        return "{\"resourceType\":\"Bundle\",\"identifier\":{\"system\":\"urn:x\",\"value\":\"" + number
                + "\"},\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
