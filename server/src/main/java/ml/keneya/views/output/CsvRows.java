package ml.keneya.views.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import ml.keneya.views.definition.ViewColumn;
import org.jspecify.annotations.Nullable;

/**
 * CSV of RFC 4180 in UTF-8. No value is an empty field; an empty text is quoted. Lists are written as JSON. What a
 * spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection), numbers excepted.
 */
final class CsvRows implements RowWriter {

    private static final String MUST_BE_QUOTED = "\",\r\n";
    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private final Writer writer;
    private final List<ViewColumn> columns;

    CsvRows(OutputStream stream, List<ViewColumn> columns, boolean header) throws IOException {
        this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
        this.columns = columns;
        if (header) {
            writer.write(columns.stream().map(ViewColumn::name).collect(Collectors.joining(",")));
            writer.write("\r\n");
        }
    }

    @Override
    public void row(@Nullable Object[] cells) throws IOException {
        for (int index = 0; index < cells.length; index++) {
            if (index > 0) {
                writer.write(',');
            }
            Object cell = cells[index];
            if (cell instanceof List<?> values) {
                quoted(values.stream().map(CsvRows::json).collect(Collectors.joining(",", "[", "]")));
            } else if (cell != null) {
                switch (columns.get(index).type()) {
                    case TEXT -> text((String) cell);
                    case BOOLEAN, INTEGER, BIGINT, DECIMAL, DATE, TIMESTAMP -> writer.write((String) cell);
                }
            }
        }
        writer.write("\r\n");
    }

    private void text(String text) throws IOException {
        boolean formula = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        String harmless = formula ? "'" + text : text;
        if (harmless.isEmpty() || mustBeQuoted(harmless)) {
            quoted(harmless);
        } else {
            writer.write(harmless);
        }
    }

    /** A stream over the characters of each cell would take most of the time of a whole run. */
    private static boolean mustBeQuoted(String text) {
        for (int place = 0; place < text.length(); place++) {
            if (MUST_BE_QUOTED.indexOf(text.charAt(place)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void quoted(String text) throws IOException {
        writer.write('"');
        writer.write(text.replace("\"", "\"\""));
        writer.write('"');
    }

    private static String json(@Nullable Object value) {
        return value == null
                ? "null"
                : '"' + ((String) value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void finish() throws IOException {
        writer.flush();
    }
}
