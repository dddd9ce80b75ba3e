package ml.keneya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that only the text of the sources can show. */
class SourceRulesTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path MAIN = BASE.resolve("src/main/java/ml/keneya");
    private static final Path TEST = BASE.resolve("src/test/java/ml/keneya");
    private static final Pattern HAPI_TABLE = Pattern.compile("\\bhfj_", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_FILE = 400;

    @Test
    void sqlOnHapisTablesStandsOnlyInStore() {
        assertThat(sourcesIn(MAIN, text -> HAPI_TABLE.matcher(text).find()))
                .isNotEmpty()
                .allMatch(file -> file.startsWith("store/"));
    }

    @Test
    void canonicalUrlsStandOnlyInConformance() {
        assertThat(sourcesIn(MAIN, text -> text.contains("\"https://keneya.ml/")))
                .containsExactly("conformance/Canonicals.java");
    }

    @Test
    void noFileIsLongerThanFourHundredLines() {
        Predicate<String> tooLong = text -> text.lines().count() > LONGEST_FILE;

        assertThat(sourcesIn(MAIN, tooLong)).isEmpty();
        assertThat(sourcesIn(TEST, tooLong)).isEmpty();
    }

    @Test
    void everyIntegrationTestSharesTheOneContext() {
        Map<String, String> integrationTests = sources(TEST);
        integrationTests.keySet().removeIf(name -> !name.endsWith("IT.java"));
        // These kill the server that they test, which therefore runs in a process of its own.
        integrationTests.keySet().removeIf(name -> name.startsWith("chaos/"));
        // It needs no server.
        integrationTests.keySet().remove("validation/GuideBytesIT.java");

        assertThat(integrationTests)
                .isNotEmpty()
                .allSatisfy((name, text) -> assertThat(text)
                        .contains("@KeneyaIntegrationTest")
                        .doesNotContain(
                                "@TestPropertySource", "@MockitoBean", "@DirtiesContext", "@Disabled", "assumeTrue("));
    }

    private static List<String> sourcesIn(Path folder, Predicate<String> text) {
        return sources(folder).entrySet().stream()
                .filter(source -> text.test(source.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> sources(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }
}
