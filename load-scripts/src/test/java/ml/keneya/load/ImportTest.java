package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    private static final String LINE = "{\"resourceType\":\"Patient\",\"id\":\"%s\"}\n";

    @TempDir
    Path folder;

    private ScriptedServer exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void sendsPeopleBeforeWhatPointsToThemAndDeletionsLast() throws IOException {
        write("Observation-1.ndjson", LINE.formatted("o"));
        write("deleted-1.ndjson", LINE.formatted("d"));
        write("Patient-1.ndjson", LINE.formatted("p"));
        write("manifest.json", "{}");
        accepts(1).thenAnswer(200, answer(1, 0, "")).thenAnswer(200, answer(1, 0, ""));

        ProgramRun run = run();

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("3 lignes acceptées, 0 refusées");
        assertThat(sent()).containsExactly(LINE.formatted("p"), LINE.formatted("o"), LINE.formatted("d"));
        assertThat(exchange.requests())
                .allMatch(request -> request.path().equals("/fhir/$import")
                        && request.header("Content-Type").equals("application/fhir+ndjson"));
    }

    @Test
    void sumsUpInJson() throws IOException {
        write("Patient-1.ndjson", LINE.formatted("a"));
        accepts(1);

        assertThat(run("--json").results())
                .matches(
                        "\\{\"summary\":\\{\"accepted\":1,\"refused\":0,\"answeredBefore\":0,\"seconds\":[0-9.]+}}\\s+");
    }

    @Test
    void goesOnWhereItWasWithTheSameNames() throws IOException {
        write("Patient-1.ndjson", LINE.formatted("a").repeat(501));
        accepts(500).thenAnswer(503, "");
        ProgramRun broken = run("--attempts", "1");
        accepts(1);

        ProgramRun next = run();

        assertThat(broken.status()).isEqualTo(4);
        assertThat(broken.remarks()).contains("relancez la même commande");
        assertThat(next.status()).isZero();
        assertThat(next.results()).contains("1 lignes acceptées", "500 déjà répondues");
        List<String> names = exchange.requests().stream()
                .map(request -> request.header("Idempotency-Key"))
                .toList();
        assertThat(names).hasSize(3);
        assertThat(names.get(2))
                .isEqualTo(names.get(1))
                .isNotEqualTo(names.get(0))
                .endsWith("/Patient-1.ndjson/501");
    }

    /** What it had carried out of the piece is not done again because of the name (KilledServerIT of the exchange). */
    @Test
    void sendsAPieceAgainUnderTheSameNameWhenTheExchangeDiesMeanwhile() throws IOException {
        write("Patient-1.ndjson", LINE.formatted("a").repeat(501));
        accepts(500).thenHangUp().thenAnswer(503, "");
        accepts(1);

        ProgramRun run = run();

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("501 lignes acceptées, 0 refusées");
        List<String> names = exchange.requests().stream()
                .map(request -> request.header("Idempotency-Key"))
                .toList();
        assertThat(names).hasSize(4).endsWith(names.get(1), names.get(1), names.get(1));
        assertThat(names.get(0)).isNotEqualTo(names.get(1));
    }

    @Test
    void listsRefusedLinesByTheirPlaceInTheFile() throws IOException {
        write("Patient-1.ndjson", LINE.formatted("a").repeat(502));
        accepts(500).thenAnswer(200, answer(1, 1, """
                ,{"name":"reject","part":[{"name":"line","valueInteger":2},{"name":"quarantine","valueString":"q-1"},
                 {"name":"outcome","resource":{"resourceType":"OperationOutcome","issue":[{"diagnostics":"Sexe inconnu."}]}}]}
                """));

        ProgramRun run = run();

        assertThat(run.status()).isEqualTo(3);
        assertThat(folder.resolve("import-refused.jsonl"))
                .hasContent(
                        "{\"file\":\"Patient-1.ndjson\",\"line\":502,\"quarantine\":\"q-1\",\"why\":\"Sexe inconnu.\"}");
    }

    private ScriptedServer accepts(int lines) {
        return exchange.thenAnswer(200, answer(lines, 0, ""));
    }

    private static String answer(int accepted, int refused, String more) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"accepted","valueInteger":%d},
                 {"name":"refused","valueInteger":%d}%s]}
                """.formatted(accepted, refused, more);
    }

    private List<String> sent() {
        return exchange.requests().stream()
                .map(request -> {
                    try (var text = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
                        return new String(text.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                })
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ProgramRun run(String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "import";
        arguments[1] = "--base";
        arguments[2] = exchange.base();
        arguments[3] = folder.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return ProgramRun.of(arguments);
    }
}
