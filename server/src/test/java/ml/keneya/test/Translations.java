package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What every translated message file of a library must keep. */
public final class Translations {

    /** One apostrophe alone switches the placeholders after it off. */
    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?:'')*(?!')");

    private static final Pattern SAMPLE = Pattern.compile("⟦(\\d+)⟧");
    private static final Pattern LINE = Pattern.compile("^\\s*([^#=:\\s][^=:\\s]*)\\s*[=:]\\s*(.*)$");

    private Translations() {}

    /** Keys and texts of a message file in the order in which they stand. */
    public static Map<String, String> in(String file) {
        try (InputStream stream = Translations.class.getResourceAsStream(file)) {
            Map<String, String> texts = new LinkedHashMap<>();
            new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LINE::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .forEach(line -> texts.put(line.group(1), line.group(2)));
            return texts;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** The numbers of the arguments that are still there once a message is put into words. */
    public static Set<Integer> argumentsIn(String words) {
        Set<Integer> numbers = new TreeSet<>();
        SAMPLE.matcher(words).results().forEach(found -> numbers.add(Integer.valueOf(found.group(1))));
        return numbers;
    }

    public static Object[] sampleArguments() {
        return IntStream.range(0, 10).mapToObj(number -> "⟦" + number + "⟧").toArray();
    }

    /**
     * @param misquoted keys whose English text loses its arguments by a lone apostrophe of its own
     * @param same keys whose French text may be the English one
     */
    public static void assertFaithful(
            Map<String, String> english,
            Map<String, String> french,
            BiFunction<String, Object[], String> inEnglish,
            BiFunction<String, Object[], String> inFrench,
            List<String> misquoted,
            List<String> same) {
        assertThat(french.keySet()).containsExactlyElementsOf(english.keySet());
        french.forEach((key, text) -> {
            String translated = inFrench.apply(key, sampleArguments());
            assertThat(text).as(key).doesNotContainPattern(LONE_APOSTROPHE);
            assertThat(translated).as(key).isNotBlank().doesNotContain("{", "}", "''");
            if (!english.get(key).isBlank() && !misquoted.contains(key)) {
                assertThat(argumentsIn(translated))
                        .as(key)
                        .isEqualTo(argumentsIn(inEnglish.apply(key, sampleArguments())));
            }
            if (!same.contains(key)) {
                assertThat(translated).as(key).isNotEqualTo(inEnglish.apply(key, sampleArguments()));
            }
        });
        assertThat(english.keySet()).containsAll(misquoted).containsAll(same);
    }
}
