package ml.keneya.export.pseudonymised;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads the files beside the profiles that say what is left of a record, where those who answer for it can read them.
 */
final class RuleLines {

    private static final String FOLDER = "/ml.keneya.pseudonymised/";

    private RuleLines() {}

    /** One line of two fields. */
    record RuleLine(String first, String second) {}

    /** @throws IllegalStateException when the file is missing or a line of it has no two fields */
    static List<RuleLine> in(String file) {
        try (InputStream stream = Objects.requireNonNull(RuleLines.class.getResourceAsStream(FOLDER + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    // The names of the columns.
                    .skip(1)
                    .map(line -> read(file, line))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static RuleLine read(String file, String line) {
        int comma = line.indexOf(',');
        if (comma < 1 || comma == line.length() - 1) {
            throw new IllegalStateException(file + ": " + line);
        }
        return new RuleLine(line.substring(0, comma), line.substring(comma + 1));
    }
}
