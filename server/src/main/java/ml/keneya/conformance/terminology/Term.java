package ml.keneya.conformance.terminology;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ml.keneya.conformance.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A code with its names.
 *
 * @param display its name in the language of the list it comes from
 * @param language of the display; absent when the list does not say
 * @param names its names in other languages
 */
record Term(
        String system,
        @Nullable String version,
        String code,
        @Nullable String display,
        @Nullable String language,
        List<Name> names,
        boolean inactive) {

    /** What follows the language in the tags of its variants, the most fitting first. */
    private static final List<String> VARIANTS = List.of("", "-ml", "-fr");

    /** A name of a code in one language. */
    record Name(String language, String text) {}

    Term {
        names = List.copyOf(names);
    }

    /**
     * The name in a language, or the one the list gives when it has none in that language. Of the variants of a
     * language the one that is asked for comes first, then the one of no country, then Mali's, then that of France.
     */
    @Nullable
    String in(String wanted) {
        Stream<Name> own =
                display == null || language == null ? Stream.empty() : Stream.of(new Name(language, display));
        return Stream.concat(own, names.stream())
                .filter(name -> primary(name.language()).equals(primary(wanted)))
                .min(Comparator.comparingInt(name -> distance(name.language(), wanted)))
                .map(Name::text)
                .orElse(display);
    }

    private static int distance(String given, String wanted) {
        String tag = given.replace('_', '-').toLowerCase(Locale.ROOT);
        if (tag.equals(wanted.replace('_', '-').toLowerCase(Locale.ROOT))) {
            return -1;
        }
        int place = VARIANTS.indexOf(tag.substring(primary(given).length()));
        return place < 0 ? VARIANTS.size() : place;
    }

    private static String primary(String language) {
        return language.replaceAll("[-_].*", "").toLowerCase(Locale.ROOT);
    }

    boolean is(String wantedSystem, String wantedCode) {
        return system.equals(wantedSystem) && code.equals(wantedCode);
    }

    /**
     * Whether every word typed stands somewhere in one of the names, or the code begins with it; accents and capitals
     * do not count.
     */
    boolean matches(String typed) {
        List<String> texts = texts().map(PlainText::of).toList();
        String plainCode = PlainText.of(code);
        return words(typed).stream()
                .allMatch(word -> plainCode.startsWith(word) || texts.stream().anyMatch(text -> text.contains(word)));
    }

    boolean isCalled(String name) {
        return texts().anyMatch(text -> PlainText.of(text).equals(PlainText.of(name)));
    }

    private Stream<String> texts() {
        return Stream.concat(Stream.ofNullable(display), names.stream().map(Name::text));
    }

    /** The words that somebody typed, as they are looked for. */
    static List<String> words(String typed) {
        return List.of(PlainText.of(typed).split("\\s+"));
    }
}
