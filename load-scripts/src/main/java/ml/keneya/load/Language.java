package ml.keneya.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Chooses the language before anything is said: {@code --lang}, else the machine's, else French. */
final class Language {
    private static final String OPTION = "--lang";

    private Language() {}

    static Locale of(List<String> arguments, Map<String, String> environment) {
        return isEnglish(asked(arguments, environment)) ? Locale.ENGLISH : Locale.FRENCH;
    }

    private static boolean isEnglish(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("en");
    }

    private static String asked(List<String> arguments, Map<String, String> environment) {
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (argument.startsWith(OPTION + "=")) {
                return argument.substring(OPTION.length() + 1);
            }
            if (argument.equals(OPTION) && index + 1 < arguments.size()) {
                return arguments.get(index + 1);
            }
        }
        // The order of POSIX.
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }
}
