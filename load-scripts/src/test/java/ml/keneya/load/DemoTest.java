package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import ml.keneya.load.test.InMemoryExchange;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTest {
    private InMemoryExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new InMemoryExchange();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void showsPeopleWithTheirVaccinesAndTheWeekByRegion() {
        ProgramRun run = demo();

        assertThat(run.remarks()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.results())
                .containsPattern("Aïssata SAMAKÉ +F +2026-02-10 +Sanankoroba \\(Kati\\) +BCG +1 +2026-02-10")
                .containsPattern("Mariam Dicko, épouse Tamboura +F +1999 +Kita \\(Kita\\) +Tétanos")
                .containsPattern("Bakary COULIBALY +M +2022-06 +Siribala \\(Niono\\)")
                .contains("semaine épidémiologique 2026-W46 (du 2026-11-09 au 2026-11-15)")
                .containsPattern("Kita +Anémie au cours de la grossesse +présence +1")
                .containsPattern("Koulikoro +sans diagnostic \\(motif : Vaccination des 9 mois\\) +présence +1")
                .containsPattern("Ségou +Rougeole, cas suspect +suspect +à distance \\(VR\\) +1")
                .contains(exchange.base() + "/swagger-ui/")
                .contains("curl -s -H 'Accept-Language: fr' '" + exchange.base()
                        + "/Encounter?date=ge2026-11-09&date=lt2026-11-16&");
    }

    @Test
    void doublesNothingWhenRunAgainAndSaysSo() {
        demo();
        int resources = exchange.stored().ofType("Immunization").size();

        ProgramRun again = demo();

        assertThat(again.status()).isZero();
        assertThat(again.results())
                .contains("étaient déjà là ; le nouvel envoi n’a rien ajouté ni doublé", "déjà reçu");
        assertThat(exchange.stored().ofType("Immunization")).hasSize(resources);
    }

    @Test
    void sendsTheSameBytesAsTheLoaderDoes() throws IOException {
        try (var server = new ScriptedServer();
                var file = DemoTest.class.getResourceAsStream("/samples/facility-registry.json")) {
            server.thenAnswer(422, "");

            ProgramRun.of("demo", "--base", server.base());

            assertThat(server.requests().get(0).body()).isEqualTo(file.readAllBytes());
        }
    }

    @Test
    void failsWhenTheSecondRunDoublesRecords() {
        exchange.forgettingBundles();

        assertThat(demo().status()).isZero();
        ProgramRun again = demo();

        assertThat(again.status()).isEqualTo(5);
        assertThat(again.remarks()).contains("enregistrement(s) en trop").contains("Démonstration en échec");
    }

    @Test
    void failsWhenAnAcceptedDoseDoesNotComeBack() {
        exchange.losing("Immunization");

        ProgramRun run = demo();

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.remarks())
                .containsPattern(
                        "Immunization/\\d+ \\(cscom-sanankoroba-vaccination.json\\) a été accepté mais n’est pas relu");
    }

    @Test
    void failsWhenADiagnosisIsLost() {
        exchange.losing("Condition");

        ProgramRun run = demo();

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.remarks()).contains("0 diagnostic(s) relu(s) sur 1");
    }

    @Test
    void failsWhenAnObservationIsLost() {
        exchange.losing("Observation");

        ProgramRun run = demo();

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.remarks()).containsPattern("Observation/\\d+ .* a été accepté mais n’est pas relu");
    }

    @Test
    void failsWhenNoRegionIsFound() {
        exchange.losing("Location");

        ProgramRun run = demo();

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.remarks()).contains("ne mène à aucune région");
    }

    @Test
    void readsPlacesAndDiagnosesOneByOneWhereNothingComesAlong() {
        exchange.includingNothing();

        assertThat(demo().results()).containsPattern("Ségou +Rougeole, cas suspect +suspect +à distance");
    }

    @Test
    void stopsAtARefusalWithTheServersWords() throws IOException {
        try (var server = new ScriptedServer()) {
            server.thenAnswer(422, """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"Région inconnue."}]}""");

            ProgramRun run = ProgramRun.of("demo", "--base", server.base());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.results()).contains("Région inconnue.");
            assertThat(run.remarks()).contains("La démonstration s’arrête");
        }
    }

    @Test
    void tellsAScriptWhatItFound() throws IOException {
        String[] lines = ProgramRun.of("demo", "--base", exchange.base(), "--json")
                .results()
                .split("\n");

        JsonNode verification =
                new ObjectMapper().readTree(lines[lines.length - 1]).path("verification");
        assertThat(verification.path("asSent").asBoolean()).isTrue();
        assertThat(verification.path("alreadyKnown").asBoolean()).isFalse();
        assertThat(verification.path("records").asInt()).isPositive();
    }

    private ProgramRun demo() {
        return ProgramRun.of("demo", "--base", exchange.base());
    }
}
