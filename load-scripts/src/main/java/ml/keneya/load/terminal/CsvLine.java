package ml.keneya.load.terminal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One line of RFC 4180 CSV. */
public final class CsvLine {
    /**
     * What a spreadsheet program would run: the text was written by whoever sent the record. With French settings such
     * a program begins a new cell after each semicolon, whatever stands between quotes.
     */
    private static final Pattern FORMULA = Pattern.compile("(^|[;\t\r\n]|[;\t\r\n]\"|^\")([=+@\t\r-])");

    private CsvLine() {}

    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        String safe = FORMULA.matcher(text).replaceAll("$1'$2");
        if (safe.chars()
                .noneMatch(
                        character -> character == ',' || character == '"' || character == '\n' || character == '\r')) {
            return safe;
        }
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
