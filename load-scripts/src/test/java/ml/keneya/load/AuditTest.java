package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final String WHOLE = """
            {"resourceType":"Parameters","parameter":[{"name":"whole","valueBoolean":true},
              {"name":"rows","valueDecimal":120},{"name":"faults","valueDecimal":0}]}""";
    private static final String BROKEN = """
            {"resourceType":"Parameters","parameter":[{"name":"whole","valueBoolean":false},
              {"name":"rows","valueDecimal":119},{"name":"faults","valueDecimal":1},
              {"name":"fault","part":[{"name":"chain","valueDecimal":3},{"name":"position","valueDecimal":57},
                {"name":"kind","valueCode":"missing"}]}]}""";

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
    void saysThatTheTraceIsWhole() {
        exchange.thenAnswer(200, WHOLE);

        ProgramRun run = ProgramRun.of("audit", "verify", "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Trace entière : 120 lignes");
        assertThat(exchange.requests().get(0).path()).isEqualTo("/fhir/AuditEvent/$verify");
    }

    @Test
    void saysWhereTheTraceIsBrokenAndEndsWithStatusOne() {
        exchange.thenAnswer(200, BROKEN);

        ProgramRun run = ProgramRun.of("audit", "verify", "--base", exchange.base());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.results()).contains("chaîne 3, ligne 57 : ligne(s) manquante(s)", "1 fautes");
    }

    @Test
    void handsOverTheAnchorsThatTheLogsKept() throws IOException {
        String anchor = "3/57/" + "0a".repeat(32);
        Path log = Files.writeString(
                folder.resolve("server.log"),
                "Démarrage\n10:00:00.000 INFO  TraceChain: Trace anchor " + anchor + "\n");
        exchange.thenAnswer(200, WHOLE);

        ProgramRun run = ProgramRun.of("audit", "verify", "--base", exchange.base(), "--anchors", log.toString());

        assertThat(run.results()).contains("1 repères");
        assertThat(new String(exchange.requests().get(0).body(), StandardCharsets.UTF_8))
                .contains(anchor);
    }

    @Test
    void namesALogThatIsNotThere() {
        ProgramRun run = ProgramRun.of("audit", "verify", "--base", exchange.base(), "--anchors", "/nulle/part.log");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("/nulle/part.log");
    }
}
