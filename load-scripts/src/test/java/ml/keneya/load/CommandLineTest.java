package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.keneya.load.test.CapturedTerminal;
import ml.keneya.load.test.PassingTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryCommandInFrench(List<String> command) {
        ProgramRun run = help(command, "fr");

        assertThat(run.status()).isZero();
        assertThat(run.results())
                .contains("Usage : keneya", "Codes de sortie", "4   serveur injoignable")
                .doesNotContain("Show this help", "Options:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryCommandInEnglish(List<String> command) {
        ProgramRun run = help(command, "en");

        assertThat(run.status()).isZero();
        assertThat(run.results())
                .contains("Usage: keneya", "Exit codes")
                .doesNotContain("Codes de sortie", "Affiche cette aide");
        assertThat(description(command, Locale.ENGLISH)).isNotBlank().isNotEqualTo(description(command, Locale.FRENCH));
        assertThat(description(command, Locale.FRENCH)).isNotBlank();
    }

    /** Each as the words that call it; the program itself is none. */
    static List<List<String>> commands() {
        List<List<String>> paths = new ArrayList<>();
        collect(tree(Locale.FRENCH), List.of(), paths);
        assertThat(paths).contains(List.of(), List.of("load", "bundles"), List.of("terminology", "remove"));
        return paths;
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
        paths.add(path);
        command.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(below, longer, paths);
        });
    }

    private static CommandLine tree(Locale language) {
        return LoadScripts.commands(new CapturedTerminal().terminal(language), new PassingTime().timing());
    }

    private static String description(List<String> path, Locale language) {
        CommandLine command = tree(language);
        for (String name : path) {
            command = command.getSubcommands().get(name);
        }
        return String.join(" ", command.getCommandSpec().usageMessage().description());
    }

    private static ProgramRun help(List<String> command, String language) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--help", "--lang", language));
        return ProgramRun.of(arguments.toArray(String[]::new));
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
