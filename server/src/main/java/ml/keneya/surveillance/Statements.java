package ml.keneya.surveillance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** Reads the statements of indicators and lists, and puts into them the parts that they share. */
public final class Statements {

    static final String FOLDER = "ml.keneya.indicators/";
    private static final Pattern PART = Pattern.compile("\\{\\{([a-z]+)}}");

    private Statements() {}

    /** A file of the folder of indicators, with its shared parts put in. */
    static String read(String file) {
        return filled(text(file).orElseThrow(() -> new IllegalStateException("There is no " + FOLDER + file)));
    }

    /** The statement with each {@code {{name}}} replaced by the file of that name in {@code parts}. */
    public static String filled(String statement) {
        return PART.matcher(statement)
                .replaceAll(part -> Matcher.quoteReplacement(
                        read("parts/" + part.group(1) + ".sql").strip()));
    }

    static Optional<String> text(String file) {
        ClassPathResource resource = new ClassPathResource(FOLDER + file);
        try {
            return resource.exists()
                    ? Optional.of(resource.getContentAsString(StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
