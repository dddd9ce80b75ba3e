package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C: clear words, what was done, how to go on; nothing lost and nothing kept twice. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptionTest {
    /** 128 and the number of SIGINT, as shells have it. */
    private static final int INTERRUPTED = 130;

    @TempDir
    Path place;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private ReceivingExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        exchange.close();
    }

    @Test
    @DisplayName("load FILES lets the bundle that is under way end, and takes no other")
    void endsALoadOfFilesInOrder() throws Exception {
        Path file = bundles(12);
        holding(5, true);

        ChildProgram cut = interrupted("load", file.toString(), "--base", exchange.base());

        assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
        assertThat(cut.remarks()).contains("Interrompu.", "Relancez la même commande : rien ne sera doublé.");
        assertThat(cut.results()).contains("Acceptés : 5 (");
        ProgramRun next = ProgramRun.of("load", file.toString(), "--base", exchange.base());
        assertThat(next.status()).isZero();
        assertThat(next.results()).contains("Acceptés : 12 (dont déjà reçus : 5");
        assertThat(exchange.kept()).isEqualTo(12);
    }

    @Test
    @DisplayName("load csv says how many people were taken, and cuts an exchange that does not answer")
    void endsALoadOfSheetsWithoutAnAnswer() throws Exception {
        Path folder = Files.createDirectories(place.resolve("site"));
        var people = new StringBuilder("numero;nom;prenom;sexe;naissance\n");
        for (int number = 1; number <= 9; number++) {
            people.append(number)
                    .append(";Keïta;Awa;F;2020-01-0")
                    .append(number)
                    .append('\n');
        }
        Files.writeString(folder.resolve("patients.csv"), people);
        String[] command = {"load", "csv", folder.toString(), "--facility", "csref-kita", "--base", exchange.base()};
        holding(4, false);

        ChildProgram cut = interrupted(command);

        assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
        assertThat(cut.remarks()).contains("Interrompu.", "Relancez la même commande : rien ne sera doublé.");
        assertThat(cut.results()).contains("Personnes : 9 · acceptées : 3 (");
        ProgramRun next = ProgramRun.of(command);
        assertThat(next.status()).isZero();
        // The fourth was kept, although its answer never came.
        assertThat(next.results()).contains("acceptées : 9 (dont déjà reçues : 4");
        assertThat(exchange.kept()).isEqualTo(9);
    }

    @Test
    @DisplayName("generate --url doubles nobody when the same command is run again")
    void endsAPosting() throws Exception {
        String[] command = {"generate", "--patients", "60", "--threads", "2", "--url", exchange.base()};
        holding(20, false);

        ChildProgram cut = interrupted(command);

        assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
        assertThat(cut.remarks()).contains("Interrompu.", "Relancez la même commande", "Envoyés : ");
        int before = exchange.kept();
        assertThat(before).isBetween(1, 21);
        ProgramRun next = ProgramRun.of(command);
        assertThat(next.status()).isZero();
        assertThat(next.remarks())
                .contains("Envoyés : " + exchange.kept() + " acceptés (dont déjà reçus : " + before + "), 0 refusés");
    }

    @Test
    @DisplayName("generate --out says that the folder is not whole, and does not take it for whole afterwards")
    void endsAWriting() throws Exception {
        Path out = place.resolve("pays");
        String[] command = {"generate", "--patients", "200000", "--threads", "1", "--out", out.toString()};

        try (var child = ChildProgram.start(place, command)) {
            while (!holdsSomething(out)) {
                assertThat(child.isRunning()).as(child.remarks()).isTrue();
                Thread.onSpinWait();
            }
            child.interrupt();
            assertThat(child.exitStatus()).isEqualTo(INTERRUPTED);
            assertThat(child.remarks())
                    .contains("Interrompu : ", "personnes sur 200000", out.toString(), "Videz-le", "relancez");
            assertThat(child.results()).isEmpty();
        }
        assertThat(ProgramRun.of(command).status()).isEqualTo(2);
    }

    @Test
    @DisplayName("outbox --once keeps the file that was under way, and sends it again under the same name")
    void endsAnOutbox() throws Exception {
        Path root = Files.createDirectories(place.resolve("boite"));
        for (int number = 10; number < 18; number++) {
            Files.writeString(root.resolve(number + ".json"), bundle(number));
        }
        String[] command = {"outbox", root.toString(), "--once", "--server", exchange.base()};
        holding(3, false);

        ChildProgram cut = interrupted(command);

        assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
        assertThat(cut.results()).contains("Envoyés : 2 · refusés : 0 · restent : 6");
        assertThat(cut.remarks()).contains("Arrêté. Les fichiers qui attendent seront envoyés au prochain démarrage");
        ProgramRun next = ProgramRun.of(command);
        assertThat(next.results()).contains("Envoyés : 6 · refusés : 0 · restent : 0");
        assertThat(exchange.kept()).isEqualTo(8);
        assertThat(exchange.deliveries()).hasSize(9);
    }

    @Test
    @DisplayName("import sends the piece that was under way again under the same name, the first one too")
    void endsAnUpload() throws Exception {
        Path folder = Files.createDirectories(place.resolve("ndjson"));
        Files.writeString(folder.resolve("Patient-1.ndjson"), "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n");
        try (var server = new ScriptedServer()) {
            server.then(http -> {
                arrived.countDown();
                await(ended);
                http.close();
            });
            String[] command = {"import", folder.toString(), "--base", server.base()};

            ChildProgram cut = interrupted(command);

            assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
            assertThat(cut.remarks()).contains("Interrompu.", "rien ne sera doublé", "relancez la même commande");
            server.thenAnswer(200, """
                    {"resourceType":"Parameters","parameter":[{"name":"accepted","valueInteger":1},
                     {"name":"refused","valueInteger":0}]}
                    """);
            assertThat(ProgramRun.of(command).status()).isZero();
            assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
                    .hasSize(2)
                    .doesNotContainNull()
                    .matches(names -> names.stream().distinct().count() == 1);
        }
    }

    @Test
    @DisplayName("export goes on with the export that the exchange was preparing")
    void endsAnExport() throws Exception {
        Path out = place.resolve("export");
        try (var server = new ScriptedServer()) {
            server.thenAnswer(202, "", "Content-Location", server.base() + "/$status?1");
            server.then(http -> {
                http.getResponseHeaders().add("Retry-After", "100");
                http.sendResponseHeaders(202, -1);
                http.close();
                arrived.countDown();
            });
            String[] command = {"export", "--out", out.toString(), "--base", server.base()};

            ChildProgram cut = interrupted(command);

            assertThat(cut.exitStatus()).isEqualTo(INTERRUPTED);
            assertThat(cut.remarks()).contains("Interrompu.", "Pour reprendre : relancez la même commande.");
            server.thenAnswer(200, """
                    {"transactionTime":"2026-11-28T10:00:00.000+00:00","requiresAccessToken":false,"output":[],"error":[]}
                    """);
            assertThat(ProgramRun.of(command).status()).isZero();
            assertThat(server.requests().stream().map(ScriptedServer.Request::path))
                    .containsExactly("/fhir/$export", "/fhir/$status?1", "/fhir/$status?1");
        }
    }

    /**
     * Makes the exchange hold its answer to one delivery until the child has been interrupted, and all later ones until
     * it has ended.
     *
     * @param answered whether that one delivery is answered then; else it is kept and the answer is lost
     */
    private void holding(int number, boolean answered) {
        var deliveries = new AtomicInteger();
        exchange.objecting((http, delivery) -> {
            int which = deliveries.incrementAndGet();
            if (which == number && answered) {
                arrived.countDown();
                await(interrupted);
            } else if (which == number) {
                exchange.keep(delivery);
                arrived.countDown();
                await(ended);
                return true;
            } else if (which > number) {
                await(ended);
                return true;
            }
            return false;
        });
    }

    /** Starts the program, sends Ctrl-C when what it sent has arrived, and waits for its end. */
    private ChildProgram interrupted(String... command) throws Exception {
        try (var child = ChildProgram.start(place, command)) {
            assertThat(arrived.await(60, TimeUnit.SECONDS)).as(child.remarks()).isTrue();
            child.interrupt();
            interrupted.countDown();
            child.exitStatus();
            ended.countDown();
            exchange.objecting((http, delivery) -> false);
            return child;
        }
    }

    private static boolean holdsSomething(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("bundles"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            return files.anyMatch(file -> file.toFile().length() > 0);
        }
    }

    private Path bundles(int count) throws IOException {
        List<String> lines = Stream.iterate(0, number -> number + 1)
                .limit(count)
                .map(InterruptionTest::bundle)
                .toList();
        return Files.write(place.resolve("jour.ndjson"), lines);
    }

    private static String bundle(int number) {
        return """
                {"resourceType":"Bundle","identifier":{"system":"urn:x","value":"%d"},"type":"transaction","entry":[\
                {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}]}""".formatted(number);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
