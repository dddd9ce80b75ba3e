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
        String harmless = BEGINS_A_FORMULA.matcher(text).replaceAll("$1'$2");
        return harmless.chars().anyMatch(each -> MUST_BE_QUOTED.indexOf(each) >= 0)
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
