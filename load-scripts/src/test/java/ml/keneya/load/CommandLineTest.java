package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "load ",
                "load bundles ",
                "load csv ",
                "load facilities ",
                "outbox ",
                "demo ",
                "generate ",
                "pull ",
                "pull patients ",
                "pull encounters ",
                "export ",
                "bench ",
                "bench ingest ",
                "bench search ",
                "views ",
                "views verify ",
                "audit ",
                "audit verify ",
                "client ",
                "client add ",
                "client list ",
                "client revoke ",
                "client rotate ",
                "user ",
                "user add ",
                "user list ",
                "user revoke ",
                "user reset ",
                "sandbox ",
                "keys ",
                "keys rotate "
            })
    void explainsEveryCommandInFrench(String command) {
        ProgramRun run = ProgramRun.of((command + "--help").split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.results())
                .contains("Usage : keneya", "Codes de sortie", "4   serveur injoignable")
                .doesNotContain("Show this help", "Options:");
    }

    @Test
    void explainsInEnglishWhenAsked() {
        assertThat(ProgramRun.of("load", "--help", "--lang", "en").results()).contains("Exit codes");
        assertThat(ProgramRun.in(Map.of("LANG", "en_US.UTF-8"), "--help").results())
                .contains("health information exchange");
    }

    @Test
    void namesWhatIsMissing() {
        assertMisused("Il manque : FILE|DIR", "load");
        assertMisused("Il manque : --week", "pull", "encounters");
        assertMisused("Il manque une commande", "pull");
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        assertMisused("inconnus : lod", "lod");
        assertMisused("inconnus : --vite", "demo", "--vite");
        assertMisused("La valeur « 2026-W54 » ne convient pas pour --week", "pull", "encounters", "--week", "2026-W54");
        assertMisused("La valeur « ici » ne convient pas pour --base", "demo", "--base", "ici");
        assertMisused("s’excluent", "pull", "patients", "--json", "--csv");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertMisused("introuvable : /nulle/part.json", "load", "/nulle/part.json");
    }

    private static void assertMisused(String words, String... arguments) {
        ProgramRun run = ProgramRun.of(arguments);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains(words);
    }
}
