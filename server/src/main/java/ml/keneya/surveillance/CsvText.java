package ml.keneya.surveillance;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). */
final class CsvText {

    private static final String MUST_BE_QUOTED = "\",\r\n";
    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

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
        String harmless = BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.chars().anyMatch(each -> MUST_BE_QUOTED.indexOf(each) >= 0)
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
