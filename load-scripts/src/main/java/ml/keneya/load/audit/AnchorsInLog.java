package ml.keneya.load.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds, in a log of the server, where the trace ended at some moments. */
final class AnchorsInLog {
    private static final Pattern ANCHOR = Pattern.compile("Trace anchor (\\d+/\\d+/[0-9a-f]{64})");

    private AnchorsInLog() {}

    /** A log may hold bytes of other programs that are no text in UTF-8. */
    static List<String> in(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.map(ANCHOR::matcher)
                    .filter(Matcher::find)
                    .map(MatchResult.class::cast)
                    .map(anchor -> anchor.group(1))
                    .distinct()
                    .toList();
        }
    }
}
