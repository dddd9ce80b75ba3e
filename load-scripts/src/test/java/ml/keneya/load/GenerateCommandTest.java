package ml.keneya.load;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.TokenIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command itself: its options, what it says, and what it leaves behind. */
class GenerateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTBREAK = "measles,district=kita,week=2026-W08,cases=5,shape=propagated";

    @TempDir
    Path place;

    @Test
    void writesBundlesAndTruthAndSumsUpInJson() throws IOException {
        Path out = place.resolve("pays");

        ProgramRun run = generate(
                "--patients",
                "300",
                "--seed",
                "7",
                "--from",
                "2026-01-01",
                "--to",
                "2026-06-01",
                "--regions",
                "12,02",
                "--protection",
                "5",
                "--outbreak",
                OUTBREAK,
                "--imperfections",
                "0.2",
                "--out",
                out.toString(),
                "--json");

        assertThat(run.status()).as(run.remarks()).isZero();
        JsonNode summary = JSON.readTree(run.results());
        assertThat(summary.path("seed").asInt()).isEqualTo(7);
        assertThat(summary.path("from").asText() + summary.path("to").asText()).isEqualTo("2026-01-012026-06-01");
        assertThat(summary.path("people").asInt()).isEqualTo(300);
        assertThat(summary.path("records").path("Patient").asInt()).isPositive();
        assertThat(summary.path("imperfections").size()).isPositive();
        List<String> files = files(out);
        assertThat(files)
                .contains("bundles/0-registry.ndjson", "truth/imperfections.ndjson", "truth/outbreak-1-measles.json");
        // What lies there is what was summed up.
        assertThat(summary.path("bundles").asLong()).isEqualTo(lines(out.resolve("bundles")));
        assertThat(JSON.readTree(out.resolve("truth/outbreak-1-measles.json").toFile())
                        .findValues("onset"))
                .hasSize(5);
    }

    @Test
    void writesOneResourceALineWhenAskedForRecords() throws IOException {
        Path out = place.resolve("fiches");

        ProgramRun run = generate("--patients", "40", "--as", "records", "--threads", "1", "--out", out.toString());

        assertThat(run.status()).as(run.remarks()).isZero();
        assertThat(run.results())
                .contains("40 personnes dans ", "  Patient", "Volume : ")
                .doesNotContain("Lots : ");
        assertThat(files(out)).contains("records/Patient.ndjson").noneMatch(file -> file.startsWith("bundles/"));
        assertThat(Files.readAllLines(out.resolve("records/Patient.ndjson")).get(0))
                .startsWith("{\"resourceType\":\"Patient\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--patients 0                                                     | Il faut au moins une personne",
                "--patients 50 --imperfections 1.5                                | imperfections entre 0 et 1",
                "--patients 50 --from 2026-02-01 --to 2026-01-01                  | doit précéder le dernier",
                "--patients 50 --from 01/02/2026                                  | « 01/02/2026 » ne convient pas pour --from",
                "--patients 50 --as xml                                           | « xml » ne convient pas pour --as",
                "--patients 50 --regions 99                                       | Région inconnue : 99",
                "--patients 50 --regions 04 --protection 3                        | choisissez ces régions",
                "--patients 900 --outbreak measles,district=atlantis,week=2026-W08,cases=5 | Aucun district « atlantis »",
                "--patients 900 --outbreak measles,district=kita,week=2026-08,cases=5      | ne convient pas pour --outbreak",
                "--patients 900 --outbreak measles,district=kita,week=2031-W08,cases=5     | La semaine 2031-W08",
                "--patients 900 --outbreak measles,district=kita,week=2026-W08,cases=5,shape=round | ne convient pas pour --outbreak",
                "--patients 900 --outbreak grippe,district=kita,week=2026-W08,cases=5      | ne convient pas pour --outbreak",
                "--patients 20 --outbreak measles,district=kita,week=2026-W08,cases=50     | Il faut au moins",
                "--patients 50 --url http://127.0.0.1:1/fhir                      | s’excluent",
                "--seed 1                                                         | Il manque : --patients"
            })
    void saysWhatIsNotUnderstood(String options, String words) {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", place.resolve("rien").toString()));

        ProgramRun run = generate(arguments.toArray(String[]::new));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains(words).doesNotContain("Exception");
        assertThat(place.resolve("rien")).doesNotExist();
    }

    @Test
    void asksWhereTo() {
        ProgramRun run = generate("--patients", "5");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("--out", "--url");
    }

    @Test
    void touchesNoFolderThatHoldsSomething() throws IOException {
        Files.writeString(place.resolve("these.txt"), "mine");

        ProgramRun run = generate("--patients", "5", "--out", place.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("n’est pas vide", place.toString());
        assertThat(files(place)).containsExactly("these.txt");
    }

    @Test
    void saysThatTheDiskIsFullAndHowToGoOn() throws Exception {
        Path out = place.resolve("pays");
        String[] command = {"generate", "--patients", "300", "--out", out.toString()};

        // A process that may write no file above 32 kB meets what a full disk does: a write that fails in its midst.
        try (var child = ChildProgram.start(
                place, List.of("sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"), "-Xmx256m", command)) {
            assertThat(child.exitStatus()).isEqualTo(1);
            assertThat(child.remarks())
                    .contains("Écriture impossible (" + out, "Libérez de la place", "videz-le, puis relancez")
                    .doesNotContain("\tat ");
            assertThat(child.results()).isEmpty();
        }
        // Half a country is not taken for a whole one.
        assertThat(ProgramRun.of(command).status()).isEqualTo(2);
        try (Stream<Path> left = Files.walk(out)) {
            left.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
        assertThat(ProgramRun.of(command).status()).isZero();
    }

    @Test
    void postsTheRegistryFirstAndNothingTwice() throws IOException {
        try (var exchange = new ReceivingExchange()) {
            String[] command = {"--patients", "30", "--url", exchange.base()};

            ProgramRun first = generate(command);
            int kept = exchange.kept();
            ProgramRun again = generate(command);

            assertThat(first.status()).as(first.remarks()).isZero();
            assertThat(first.results()).contains("30 personnes dans ", "Lots : " + kept);
            assertThat(first.remarks()).contains("Envoyés : " + kept + " acceptés (dont déjà reçus : 0), 0 refusés.");
            assertThat(again.remarks())
                    .contains("Envoyés : " + kept + " acceptés (dont déjà reçus : " + kept + "), 0 refusés.");
            assertThat(exchange.kept()).isEqualTo(kept);
            assertThat(exchange.deliveries().get(0).text()).contains("\"Organization\"");
        }
    }

    @Test
    void showsWhoItIsWhereTheExchangeAsks() throws IOException {
        try (var exchange = new ReceivingExchange()) {
            TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
            String[] command = {"--patients", "20", "--threads", "2", "--url", exchange.base()};

            assertThat(generate(command).status()).isNotZero();
            assertThat(exchange.kept()).isZero();
            ProgramRun run = generate(Stream.concat(
                            Stream.of(command),
                            Stream.of(
                                    "--client",
                                    TokenIssuer.CLIENT,
                                    "--key",
                                    issuer.keyFile(place).toString()))
                    .toArray(String[]::new));

            assertThat(run.status()).as(run.remarks()).isZero();
            assertThat(exchange.kept()).isPositive();
            assertThat(issuer.issued()).isEqualTo(1);
        }
    }

    @Test
    void namesWhatTheExchangeRefuses() throws IOException {
        try (var exchange = new ReceivingExchange()) {
            var deliveries = new AtomicInteger();
            exchange.objecting((http, delivery) -> {
                boolean third = deliveries.incrementAndGet() == 3;
                if (third) {
                    answer(http, 422, """
                            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
                             "diagnostics":"La date n’existe pas."}]}""");
                }
                return third;
            });

            ProgramRun run = generate("--patients", "20", "--threads", "1", "--url", exchange.base());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.remarks()).contains("refusé ", "HTTP 422", "La date n’existe pas.", ", 1 refusés.");
        }
    }

    @Test
    void saysHowToGoOnWhenTheExchangeStaysAway() throws IOException {
        var exchange = new ReceivingExchange();
        String base = exchange.base();
        exchange.close();

        ProgramRun run = generate("--patients", "20", "--url", base);

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.remarks()).contains("Serveur injoignable", "Relancez la même commande : rien ne sera doublé.");
    }

    private static ProgramRun generate(String... options) {
        return ProgramRun.of(
                Stream.concat(Stream.of("generate"), Stream.of(options)).toArray(String[]::new));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static long lines(Path folder) throws IOException {
        long lines = 0;
        for (String file : files(folder)) {
            lines += Files.readAllLines(folder.resolve(file)).size();
        }
        return lines;
    }
}
