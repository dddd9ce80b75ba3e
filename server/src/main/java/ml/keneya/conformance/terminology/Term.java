package ml.keneya.conformance.terminology;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** A name of a code in one language. */
    record Name(String language, String text) {}

    Term {
        names = List.copyOf(names);
    }

    /** The name in a language, or the one the list gives when it has none in that language. */
    @Nullable
    String in(String wanted) {
        return isLanguage(language, wanted) ? display : named(wanted).orElse(display);
    }

    private Optional<String> named(String wanted) {
        return names.stream()
                .filter(name -> isLanguage(name.language(), wanted))
                .map(Name::text)
                .findFirst();
    }

    private static boolean isLanguage(@Nullable String given, String wanted) {
        return given != null && primary(given).equals(primary(wanted));
    }

    private static String primary(String language) {
        return language.replaceAll("[-_].*", "").toLowerCase(Locale.ROOT);
    }

    boolean is(String wantedSystem, String wantedCode) {
        return system.equals(wantedSystem) && code.equals(wantedCode);
    }

    /** Whether every word typed stands somewhere in one of the names; accents and capitals do not count. */
    boolean matches(String typed) {
        List<String> texts = texts().map(PlainText::of).toList();
        return words(typed).stream().allMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
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
