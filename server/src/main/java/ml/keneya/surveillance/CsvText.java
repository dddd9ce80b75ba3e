package ml.keneya.surveillance;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). */
final class CsvText {

    private static final String MUST_BE_QUOTED = "\",\r\n";

    /** With French settings a spreadsheet program begins a new cell after each semicolon, whatever stands in quotes. */
    private static final Pattern BEGINS_A_FORMULA = Pattern.compile("(^|[;\t\r\n]|[;\t\r\n]\"|^\")([=+@\t\r-])");

    /** What a text that the pattern fits begins with, unless it holds one of {@link #CELLS_APART}. */
    private static final String BEGINNING = "=+@\t\r-\"";

    private static final String CELLS_APART = ";\t\r\n";

    private CsvText() {}

    static String of(List<? extends List<@Nullable String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n")))
                .collect(Collectors.joining());
    }

    private static String field(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String harmless =
                mayBeginAFormula(text) ? BEGINS_A_FORMULA.matcher(text).replaceAll("$1'$2") : text;
        return hasAny(MUST_BE_QUOTED, harmless) ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    /** Most fields are a number or a code, for which the pattern need not be tried at every place. */
    private static boolean mayBeginAFormula(String text) {
        return BEGINNING.indexOf(text.charAt(0)) >= 0 || hasAny(CELLS_APART, text);
    }

    private static boolean hasAny(String some, String text) {
        for (int place = 0; place < text.length(); place++) {
            if (some.indexOf(text.charAt(place)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
