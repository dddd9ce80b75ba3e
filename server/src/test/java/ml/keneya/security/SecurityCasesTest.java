package ml.keneya.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of abuse cases tells the truth: every case stands in it, with tests and rules that there are. */
class SecurityCasesTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    private static final Pattern ROW =
            Pattern.compile("^\\| ([TZSORI]\\d+) \\| ([^|]*) \\| ([^|]*) \\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME =
            Pattern.compile("DisplayName\\(\\s*\"((?:[TZSORI]\\d+(?:–[TZSORI]?\\d+)?(?:, )?)+):");
    private static final Pattern RANGE = Pattern.compile("([TZSORI])(\\d+)(?:–[TZSORI]?(\\d+))?");

    /** How many cases of each group the list has. */
    private static final Map<String, Integer> CASES = Map.of("I", 15, "T", 5, "Z", 17, "S", 11, "O", 3, "R", 4);

    /**
     * Those of one class without a server, of a container without our server (PacesBodiesTest, TrustedProxiesTest), and
     * of a server whose database is taken away, which holds every answer to its own demands (OutagesIT).
     */
    private static final Set<String> WITHOUT_THE_SERVER_OF_ALL = Set.of(
            "AnswersOnceTracedTest",
            "LimitsClientsTest",
            "LimitsLoginsTest",
            "OutagesIT",
            "PacesBodiesTest",
            "PasswordsTest",
            "PublicAddressesTest",
            "ReadsOutsideTokensTest",
            "SearchBudgetTest",
            "SearchesTraceTest",
            "TrustedProxiesTest");

    private final Map<String, MatchResult> rows = new LinkedHashMap<>();
    private final Map<String, List<String[]>> rules = new LinkedHashMap<>();

    @BeforeEach
    void read() throws IOException {
        ROW.matcher(Files.readString(ROOT.resolve("docs/security-cases.md")))
                .results()
                .forEach(row -> rows.put(row.group(1), row));
        Files.readAllLines(ROOT.resolve("tests/without-rule/rules")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> Arrays.stream(line.split("(?<!\\\\)\\|"))
                        .map(column -> column.strip().replace("\\|", "|"))
                        .toArray(String[]::new))
                .forEach(rule -> rules.computeIfAbsent(rule[0], each -> new ArrayList<>())
                        .add(rule));
    }

    @Test
    void namesEveryCaseAndNoOther() {
        Set<String> all = CASES.entrySet().stream()
                .flatMap(
                        group -> IntStream.rangeClosed(1, group.getValue()).mapToObj(number -> group.getKey() + number))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void namesTestsThatNameTheCaseOrSaysWhyThereIsNone() throws IOException {
        Map<String, Set<String>> named = casesByTest();
        rows.forEach((number, row) -> {
            if (row.group(3).startsWith("not yet")) {
                return;
            }
            assertThat(row.group(3).split(", "))
                    .as(number)
                    .allSatisfy(test -> assertThat(named)
                            .as(test)
                            .hasEntrySatisfying(test, cases -> assertThat(cases).contains(number)));
        });
    }

    @Test
    void namesEveryCaseThatATestNames() throws IOException {
        casesByTest()
                .forEach((test, cases) -> cases.forEach(number -> assertThat(rows)
                        .as("%s in %s", number, test)
                        .hasEntrySatisfying(
                                number, row -> assertThat(row.group(3)).doesNotStartWith("not yet"))));
    }

    @Test
    void namesRulesThatStandInTheSourceOnce() {
        rows.forEach((number, row) -> Stream.of(row.group(4).strip().split(", "))
                .filter(name -> !name.isEmpty())
                .forEach(name -> assertThat(rules).as(number).containsKey(name)));
        rules.values().forEach(together -> {
            assertThat(together)
                    .as(together.get(0)[0])
                    .last()
                    .satisfies(rule -> assertThat(rule).hasSize(6));
            assertThat(together.subList(0, together.size() - 1))
                    .as("what is taken out together")
                    .allSatisfy(rule -> assertThat(rule).hasSize(5));
            assertThat(together.stream().map(rule -> Path.of(rule[2]).getFileName()))
                    .as("each of a file of its own")
                    .doesNotHaveDuplicates();
        });
        rules.values().stream().flatMap(List::stream).forEach(rule -> {
            Path source = ROOT.resolve("server/src/main/java/ml/keneya").resolve(rule[2]);
            assertThat(contentOf(source).split(Pattern.quote(rule[3]), -1))
                    .as("%s: %s", rule[0], rule[3])
                    .hasSize(2);
        });
    }

    /** Whoever adds a case cannot forget it: the tests of the server are watched by what they are called. */
    @Test
    void everyCaseOfTheServerIsHeldToWhatHoldsForAllOfThem() throws IOException {
        Map<String, String> unwatched = new HashMap<>();
        forEachTest((test, text) -> {
            if (NAME.matcher(text).find() && !text.contains("@KeneyaIntegrationTest")) {
                unwatched.put(test, text);
            }
        });

        assertThat(unwatched.keySet())
                .filteredOn(test -> !WITHOUT_THE_SERVER_OF_ALL.contains(test))
                .as("cases that carry neither @KeneyaIntegrationTest nor a reason here")
                .isEmpty();
        assertThat(unwatched.values()).noneMatch(text -> text.contains("ml.keneya.test.Exchange;"));
    }

    /** By the simple name of each test class, the cases in the names of its tests. */
    private static Map<String, Set<String>> casesByTest() throws IOException {
        Map<String, Set<String>> named = new HashMap<>();
        forEachTest((test, text) -> NAME.matcher(text)
                .results()
                .flatMap(name -> cases(name.group(1)).stream())
                .forEach(number ->
                        named.computeIfAbsent(test, each -> new TreeSet<>()).add(number)));
        return named;
    }

    private static void forEachTest(BiConsumer<String, String> nameAndText) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("server/src/test/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file ->
                            nameAndText.accept(file.getFileName().toString().replace(".java", ""), contentOf(file)));
        }
    }

    private static List<String> cases(String names) {
        return RANGE.matcher(names)
                .results()
                .flatMap(range -> IntStream.rangeClosed(
                                Integer.parseInt(range.group(2)),
                                Integer.parseInt(range.group(3) == null ? range.group(2) : range.group(3)))
                        .mapToObj(number -> range.group(1) + number))
                .toList();
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
