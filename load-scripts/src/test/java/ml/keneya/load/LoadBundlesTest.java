package ml.keneya.load;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBundlesTest {
    @TempDir
    Path place;

    private Path folder;
    private ReceivingExchange exchange;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(place.resolve("lots"));
        exchange = new ReceivingExchange();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void sendsEveryBundleOnce() throws IOException {
        writeLines("jour.ndjson", 0, 40);
        write("z.json", bundle(99));

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Acceptés : 41").doesNotContain("accepté ");
        assertThat(exchange.kept()).isEqualTo(41);
        assertThat(exchange.deliveries()).hasSize(41);
    }

    @Test
    void sendsNothingAgainWhenTheSameCommandIsRunAgain() throws IOException {
        writeLines("jour.ndjson", 0, 12);
        load();
        writeLines("jour2.ndjson", 12, 3);

        ProgramRun again = load();

        assertThat(again.status()).isZero();
        assertThat(again.results()).contains("Acceptés : 3", "Déjà réglés lors d’un envoi précédent");
        assertThat(exchange.deliveries()).hasSize(15);
    }

    @Test
    void goesOnWhereItStoppedWhenTheServerWentAway() throws IOException {
        writeLines("jour.ndjson", 0, 30);
        var taken = new AtomicInteger();
        exchange.objecting((http, delivery) -> {
            boolean away = taken.incrementAndGet() > 10;
            if (away) {
                answer(http, 503, "");
            }
            return away;
        });

        ProgramRun cut = load("--attempts", "2");
        exchange.objecting((http, delivery) -> false);
        int before = exchange.kept();
        int arrived = exchange.deliveries().size();
        ProgramRun resumed = load();

        assertThat(cut.status()).isEqualTo(4);
        assertThat(cut.remarks()).contains("Serveur injoignable", "relancez la même commande", "lots.journal");
        assertThat(before).isEqualTo(10);
        assertThat(resumed.status()).isZero();
        assertThat(exchange.kept()).isEqualTo(30);
        assertThat(exchange.deliveries()).hasSize(arrived + 20);
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilled() throws Exception {
        writeLines("jour.ndjson", 0, 25);
        var arrived = new AtomicInteger();
        var victim = new ChildProgram[1];
        var ready = new CountDownLatch(1);
        exchange.objecting((http, delivery) -> {
            if (arrived.incrementAndGet() == 9) {
                await(ready);
                victim[0].kill();
            }
            return false;
        });

        try (var child = ChildProgram.start(place, arguments())) {
            victim[0] = child;
            ready.countDown();
            assertThat(child.exitStatus()).isEqualTo(128 + 9);
        }
        assertThat(exchange.kept()).isLessThan(25);
        ProgramRun resumed = load();

        assertThat(resumed.status()).isZero();
        assertThat(resumed.results()).contains("Déjà réglés");
        assertThat(exchange.kept()).isEqualTo(25);
        assertThat(exchange.deliveries().size()).isBetween(25, 25 + 4);
    }

    @Test
    void saysWhatWasDoneWhenItIsInterrupted() throws Exception {
        writeLines("jour.ndjson", 0, 200);
        var arrived = new AtomicInteger();
        var enough = new CountDownLatch(1);
        exchange.objecting((http, delivery) -> {
            if (arrived.incrementAndGet() == 10) {
                enough.countDown();
            }
            await(Duration.ofMillis(20));
            return false;
        });

        try (var child = ChildProgram.start(place, arguments())) {
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            child.stop();
            assertThat(child.exitStatus()).isEqualTo(128 + 15);
            assertThat(child.remarks()).contains("Interrompu.", "relancez la même commande");
            assertThat(child.results()).contains("Acceptés : " + exchange.kept());
        }
        assertThat(load().status()).isZero();
        assertThat(exchange.deliveries()).hasSize(200);
    }

    @Test
    void namesWhatItCannotSendAndGoesOn() throws IOException {
        write("a-coupe.json", bundle(1).substring(0, 30));
        Files.write(folder.resolve("b-latin1.json"), bundle(2).replace("x", "é").getBytes(StandardCharsets.ISO_8859_1));
        write("c-autre.json", "{\"resourceType\":\"Patient\"}");
        Files.createSymbolicLink(folder.resolve("d-absent.json"), Path.of("nulle-part.json"));
        write("e-bon.json", bundle(3));

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results())
                .contains("a-coupe.json : JSON incomplet ou malformé (ligne:colonne 1:")
                .contains("b-latin1.json : ce texte n’est pas en UTF-8")
                .contains("c-autre.json : ce n’est pas un lot")
                .contains("d-absent.json : fichier illisible")
                .contains("Acceptés : 1", "non envoyés : 4");
    }

    @Test
    void countsRefusalsByTheirCode() throws IOException {
        writeLines("jour.ndjson", 0, 9);
        exchange.objecting((http, delivery) -> {
            boolean bad = Integer.parseInt(delivery.key()) % 3 == 0;
            if (bad) {
                answer(http, 422, """
                        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":\
                        "La date n’existe pas.","details":{"coding":[{"code":"ML-VAL-007"}]}}]}""");
            }
            return bad;
        });

        ProgramRun words = load();
        ProgramRun json = load("--json", "--refused-again");
        JsonNode summary = new ObjectMapper()
                .readTree(json.results().lines().reduce((first, last) -> last).orElseThrow());

        assertThat(words.status()).isEqualTo(3);
        assertThat(words.results()).contains("3  ML-VAL-007 — La date n’existe pas. (exemple : " + folder);
        assertThat(summary.path("summary").path("refusals").path("ML-VAL-007").asInt())
                .isEqualTo(3);
        assertThat(summary.path("summary").path("knownAccepted").asInt()).isEqualTo(6);
        assertThat(load().status()).isEqualTo(3);
        assertThat(exchange.deliveries()).hasSize(12);
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws IOException {
        write("a.json", bundle(1));
        Set<String> asked = ConcurrentHashMap.newKeySet();
        exchange.objecting((http, delivery) -> {
            boolean first = asked.add(delivery.key());
            if (first) {
                answer(http, 429, "", "Retry-After", "7");
            }
            return first;
        });

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        assertThat(run.time().pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void keepsTheOrderOfBundlesThatReplace() throws IOException {
        write("a.ndjson", bundle(1) + "\n" + update(2) + "\n" + update(3) + "\n" + bundle(4) + "\n" + update(5) + "\n");

        assertThat(load().status()).isZero();

        assertThat(exchange.deliveries().stream()
                        .map(ReceivingExchange.Delivery::key)
                        .toList())
                .isEqualTo(List.of("1", "2", "3", "4", "5"));
    }

    @Test
    void sendsABundleWithoutIdentifierUnderTheNameOfItsContent() throws IOException {
        String nameless = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}";
        write("a.json", nameless);
        write("b.json", nameless);

        assertThat(load("--parallel", "1").status()).isZero();

        assertThat(exchange.deliveries().stream()
                        .map(ReceivingExchange.Delivery::key)
                        .collect(Collectors.toSet()))
                .hasSize(1)
                .allMatch(key -> key.startsWith("sha256-"));
    }

    @Test
    void doesNotTrustTheJournalOfAnotherServer() throws IOException {
        write("a.json", bundle(1));
        load();
        try (var other = new ReceivingExchange()) {
            ProgramRun run = ProgramRun.of("load", "bundles", folder.toString(), "--base", other.base());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.remarks()).contains("celui d’un autre envoi", "--journal");
        }
    }

    @Test
    void readsAJournalThatAFullDiskCutShort() throws IOException {
        writeLines("a.ndjson", 0, 3);
        load();
        Path journal = place.resolve("lots.journal");
        String whole = Files.readString(journal);
        Files.writeString(journal, whole.substring(0, whole.length() - 30), StandardOpenOption.TRUNCATE_EXISTING);

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        assertThat(exchange.kept()).isEqualTo(3);
        assertThat(load().results()).contains("Acceptés : 0");
    }

    @Test
    void saysThatTheJournalCannotBeKept() throws IOException {
        write("a.json", bundle(1));

        ProgramRun nowhere = load("--journal", place.resolve("nulle/part").toString());
        ProgramRun full = load("--journal", "/dev/full");

        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.remarks()).contains("Le journal ne peut être tenu");
        assertThat(full.status()).isEqualTo(1);
        assertThat(full.remarks()).contains("Libérez de la place");
        assertThat(exchange.deliveries()).isEmpty();
    }

    private ProgramRun load(String... options) {
        return ProgramRun.of(arguments(options));
    }

    private String[] arguments(String... options) {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(
                new String[] {"load", "bundles", folder.toString(), "--base", exchange.base()}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return arguments;
    }

    private void writeLines(String name, int first, int count) throws IOException {
        var lines = new StringBuilder();
        for (int number = first; number < first + count; number++) {
            lines.append(bundle(number)).append('\n');
        }
        write(name, lines.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String bundle(int number) {
        return bundle(number, "POST", "Patient");
    }

    private static String update(int number) {
        return bundle(number, "PUT", "Patient/x");
    }

    private static String bundle(int number, String method, String url) {
        return """
                {"resourceType":"Bundle","identifier":{"system":"urn:x","value":"%d"},"type":"transaction","entry":[\
                {"resource":{"resourceType":"Patient"},"request":{"method":"%s","url":"%s"}}]}""".formatted(number, method, url);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Duration moment) {
        try {
            Thread.sleep(moment.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
