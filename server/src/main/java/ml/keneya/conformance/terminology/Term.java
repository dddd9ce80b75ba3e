package ml.keneya.conformance.terminology;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
        List<String> texts = texts().map(Term::plain).toList();
        return Arrays.stream(plain(typed).split("\\s+"))
                .allMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
    }

    boolean isCalled(String name) {
        return texts().anyMatch(text -> plain(text).equals(plain(name)));
    }

    private Stream<String> texts() {
        return Stream.concat(Stream.ofNullable(display), names.stream().map(Name::text));
    }

    /** Keyboards in clinics have no accents, so a name is compared without them. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('’', '\'')
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
