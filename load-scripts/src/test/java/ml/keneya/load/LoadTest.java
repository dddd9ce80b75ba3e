package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    private static final String BUNDLE = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}";
    private static final String TAKEN = """
            {"resourceType":"Bundle","type":"transaction-response","entry":[\
            {"response":{"status":"201 Created"}},{"response":{"status":"201 Created"}}]}""";
    private static final String REFUSED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",\
            "diagnostics":"La date 2026-02-30 n’existe pas.","expression":["Bundle.entry[3].resource.birthDate"]},\
            {"severity":"information","code":"informational","diagnostics":"Rien d’autre."}]}""";

    @TempDir
    Path folder;

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void endsWithZeroWhenAllIsAccepted() throws IOException {
        write("a.json", BUNDLE);
        write("b.ndjson", BUNDLE + "\n" + BUNDLE + "\n");
        server.thenAnswer(200, TAKEN).thenAnswer(200, TAKEN).thenAnswer(200, TAKEN);

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        assertThat(run.results())
                .contains("accepté    " + folder.resolve("a.json") + " : 2 ressources")
                .contains(folder.resolve("b.ndjson") + ":2 : 2 ressources")
                .contains("Acceptés : 3 (dont déjà reçus : 0 ; ressources : 6) · refusés : 0");
    }

    @Test
    void repeatsTheServersFrenchWordsAndGoesOnAfterARefusal() throws IOException {
        write("a.json", BUNDLE);
        write("b.json", BUNDLE);
        server.thenAnswer(422, REFUSED).thenAnswer(200, TAKEN);

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results())
                .contains("refusé     " + folder.resolve("a.json") + " : HTTP 422")
                .contains("Bundle.entry[3].resource.birthDate – La date 2026-02-30 n’existe pas.")
                .contains("accepté    " + folder.resolve("b.json"))
                .doesNotContain("Rien d’autre");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void showsWarningsWhenAskedTo() throws IOException {
        write("a.json", BUNDLE);
        String warned = TAKEN.replaceFirst(
                "\"201 Created\"",
                "\"201 Created\",\"outcome\":{\"issue\":[{\"severity\":\"warning\",\"diagnostics\":\"NINA inhabituel.\"}]}");
        server.thenAnswer(200, warned).thenAnswer(200, warned);

        assertThat(load("--warnings").results()).contains("1 avertissement(s)", "NINA inhabituel.");
        assertThat(load().results()).contains("1 avertissement(s)").doesNotContain("NINA inhabituel.");
    }

    @Test
    void stopsWhenTheServerIsAwayAndSaysHowToResume() throws IOException {
        write("a.json", BUNDLE);
        write("b.json", BUNDLE);
        write("c.json", BUNDLE);
        server.thenAnswer(200, TAKEN);
        for (int attempt = 0; attempt < 3; attempt++) {
            server.thenAnswer(503, "");
        }

        ProgramRun run = load("--attempts", "3");

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.time().pauses()).hasSize(2);
        assertThat(run.remarks())
                .contains("Serveur injoignable après 3 essai(s) : le serveur répond 503.")
                .contains("Relancez la même commande");
        assertThat(run.results()).contains("Acceptés : 1");
    }

    @Test
    void sendsACompressedFile() throws IOException {
        try (var stream = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.json.gz")))) {
            stream.write(BUNDLE.getBytes(StandardCharsets.UTF_8));
        }
        server.thenAnswer(200, TAKEN);

        assertThat(load("--facility", "csref-kita").status()).isZero();
        assertThat(server.requests().get(0).text()).isEqualTo(BUNDLE);
        assertThat(server.requests().get(0).header("Keneya-Facility")).isEqualTo("csref-kita");
    }

    @Test
    void saysWhereAHalfWrittenBundleEnds() throws IOException {
        write("a.json", BUNDLE.substring(0, 40));

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("non envoyé", "JSON incomplet ou malformé (ligne:colonne 1:");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void writesOneJsonObjectALine() throws IOException {
        write("a.json", BUNDLE);
        write("b.json", BUNDLE);
        server.thenAnswer(200, TAKEN, "Keneya-Replayed", "true").thenAnswer(422, REFUSED);

        String[] lines = load("--json").results().split("\n");

        var json = new ObjectMapper();
        assertThat(lines).hasSize(3);
        assertThat(json.readTree(lines[0]).path("replayed").asBoolean()).isTrue();
        assertThat(json.readTree(lines[1])
                        .path("issues")
                        .path(0)
                        .path("expression")
                        .asText())
                .isEqualTo("Bundle.entry[3].resource.birthDate");
        assertThat(json.readTree(lines[2]).path("summary").path("accepted").asInt())
                .isEqualTo(1);
    }

    private ProgramRun load(String... options) {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(options, 0, arguments, 4, options.length);
        System.arraycopy(new String[] {"load", folder.toString(), "--base", server.base()}, 0, arguments, 0, 4);
        return ProgramRun.of(arguments);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
