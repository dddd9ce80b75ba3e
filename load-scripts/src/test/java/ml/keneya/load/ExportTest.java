package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final String PEOPLE =
            "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n";
    private static final String DELETED = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}\n";

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
    void bringsEveryFileWholeWithItsChecksum() throws Exception {
        begins().thenAnswer(202, "", "X-Progress", "1 types sur 2", "Retry-After", "3");
        isReady().thenAnswer(200, zipped(PEOPLE), "Content-Encoding", "gzip").thenAnswer(200, DELETED);

        ProgramRun run = run("--type", "Patient,Observation");

        assertThat(run.remarks()).contains("1 types sur 2");
        assertThat(run.status()).isZero();
        assertThat(run.time().pauses()).extracting(pause -> pause.toSeconds()).contains(3L);
        assertThat(run.results()).contains("3 ressources en 2 fichiers", "--since 2026-11-28T10:00:00.000+00:00");
        assertThat(folder.resolve("Patient-1.ndjson")).hasContent(PEOPLE);
        assertThat(folder.resolve("deleted-1.ndjson")).hasContent(DELETED);
        assertThat(Files.readAllLines(folder.resolve("SHA256SUMS")))
                .containsExactlyInAnyOrder(
                        sha256(PEOPLE) + "  Patient-1.ndjson", sha256(DELETED) + "  deleted-1.ndjson");
        assertThat(exchange.requests().get(0).path()).isEqualTo("/fhir/$export?_type=Patient%2CObservation");
        assertThat(exchange.requests().get(0).header("Prefer")).isEqualTo("respond-async");
    }

    @Test
    void sumsUpInJson() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);

        assertThat(run("--json").results())
                .matches("\\{\"summary\":\\{\"resources\":3,\"files\":2,\"seconds\":[0-9.]+,"
                        + "\"transactionTime\":\"2026-11-28T10:00:00.000\\+00:00\"}}\\s+");
    }

    @Test
    void goesOnWithWhatIsMissing() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(503, "");
        ProgramRun broken = run("--attempts", "1");
        isReady().thenAnswer(200, DELETED);

        ProgramRun next = run();

        assertThat(broken.status()).isEqualTo(4);
        assertThat(broken.remarks()).contains("relancez la même commande");
        assertThat(folder.resolve("Patient-1.ndjson")).hasContent(PEOPLE);
        assertThat(next.status()).isZero();
        assertThat(paths().subList(4, paths().size())).containsExactly("/fhir/$status?1", "/fhir/$file?2");
    }

    @Test
    void fetchesAgainWhatIsNoLongerAsItCame() throws IOException {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(503, "");
        run("--attempts", "1");
        Files.writeString(folder.resolve("Patient-1.ndjson"), "damaged");
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);

        assertThat(run().status()).isZero();
        assertThat(folder.resolve("Patient-1.ndjson")).hasContent(PEOPLE);
    }

    @Test
    void takesNoFileForWholeThatLacksLines() {
        begins();
        isReady()
                .thenAnswer(200, PEOPLE.substring(0, PEOPLE.indexOf('\n') + 1))
                .thenAnswer(200, PEOPLE)
                .thenAnswer(200, DELETED);

        ProgramRun run = run();

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("3 ressources en 2 fichiers");
        assertThat(folder.resolve("Patient-1.ndjson")).hasContent(PEOPLE);
    }

    @Test
    void breaksOffALineThatDiesWithoutAWord() {
        begins();
        isReady().thenStall().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);

        assertThat(run("--timeout", "1").status()).isZero();
        assertThat(folder.resolve("Patient-1.ndjson")).hasContent(PEOPLE);
    }

    @Test
    void beginsAgainWhenTheExchangeHasForgotten() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(503, "");
        run("--attempts", "1");
        exchange.thenAnswer(404, "{\"resourceType\":\"OperationOutcome\"}");
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);

        ProgramRun run = run();

        assertThat(run.status()).isZero();
        assertThat(run.remarks()).contains("un nouvel export commence");
    }

    @Test
    void putsNoTwoExportsIntoOneFolder() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);
        run();

        assertThat(run().status()).isEqualTo(2);
        assertThat(run("--type", "Patient").remarks()).contains("contient déjà un autre export");
    }

    @Test
    void continuesFromTheFolderOfAnEarlierExport(@TempDir Path next) {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);
        run();
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED);

        // One file after the other, for the answers are scripted in the order of the manifest.
        ProgramRun run = ProgramRun.of(
                "export",
                "--base",
                exchange.base(),
                "--out",
                next.toString(),
                "--since",
                folder.toString(),
                "--parallel",
                "1");

        assertThat(run.status()).isZero();
        assertThat(paths()).contains("/fhir/$export?_since=2026-11-28T10%3A00%3A00.000%2B00%3A00");
    }

    @Test
    void saysWhyItIsRefused() {
        exchange.thenAnswer(
                400, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"Type inconnu.\"}]}");

        ProgramRun run = run("--type", "Claim");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("Type inconnu.");
    }

    @Test
    void measuresFromTheKickOffToTheLastByte() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, DELETED).thenAnswer(202, "");

        ProgramRun run =
                ProgramRun.of("bench", "export", "--base", exchange.base(), "--parallel", "1", "--repeats", "1");

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("3 ressources", "2 fichiers");
        assertThat(exchange.requests())
                .last()
                .matches(request -> request.method().equals("DELETE"));
    }

    @Test
    void doesNotMeasureAnExportThatLacksLines() {
        begins();
        isReady().thenAnswer(200, PEOPLE).thenAnswer(200, "").thenAnswer(202, "");

        ProgramRun run =
                ProgramRun.of("bench", "export", "--base", exchange.base(), "--parallel", "1", "--repeats", "1");

        assertThat(run.status()).isEqualTo(5);
    }

    private ScriptedServer begins() {
        return exchange.thenAnswer(202, "", "Content-Location", exchange.base() + "/$status?1");
    }

    private ScriptedServer isReady() {
        return exchange.thenAnswer(200, """
                {"transactionTime":"2026-11-28T10:00:00.000+00:00","requiresAccessToken":false,
                 "output":[{"type":"Patient","url":"%1$s/$file?1","count":2}],
                 "deleted":[{"type":"Bundle","url":"%1$s/$file?2","count":1}],"error":[]}
                """.formatted(exchange.base()));
    }

    private ProgramRun run(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("export", "--base", exchange.base(), "--out", folder.toString(), "--parallel", "1"));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private List<String> paths() {
        return exchange.requests().stream().map(ScriptedServer.Request::path).toList();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
