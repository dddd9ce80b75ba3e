package ml.keneya.load.terminal;

import java.util.List;
import java.util.stream.Collectors;

/** One line of RFC 4180 CSV. */
public final class CsvLine {
    private CsvLine() {}

    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        String safe = startsLikeAFormula(text) ? "'" + text : text;
        if (safe.chars()
                .noneMatch(
                        character -> character == ',' || character == '"' || character == '\n' || character == '\r')) {
            return safe;
        }
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    // A spreadsheet would run such a cell, and the text was written by whoever sent the record.
    private static boolean startsLikeAFormula(String text) {
        return !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0;
    }
}
