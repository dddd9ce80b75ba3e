package ml.keneya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of promises tell the truth: each promise names tests that there are. */
class PromisesTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| [^*|-][^|]* \\| ([^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("(\\w+)#(\\w+)");

    @ParameterizedTest
    @ValueSource(strings = {"docs/intake-tests.md", "docs/export-tests.md"})
    void namesTestsThatThereAre(String list) throws IOException {
        Map<String, String> sources = sourcesOfTests();
        List<String> rows = ROW.matcher(Files.readString(ROOT.resolve(list)))
                .results()
                .map(row -> row.group(1))
                .filter(tests -> !tests.equals("test"))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            List<MatchResult> tests = TEST.matcher(row).results().toList();
            assertThat(tests).as(row).isNotEmpty();
            tests.forEach(test -> assertThat(sources)
                    .hasEntrySatisfying(
                            test.group(1), source -> assertThat(source).contains("void " + test.group(2) + "(")));
        });
    }

    private static Map<String, String> sourcesOfTests() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("server", "load-scripts")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
