package ml.keneya.load.sheets;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * How a spreadsheet is to be read.
 *
 * @param columns our names of the columns that can be used
 * @param required those of them without which nothing can be read
 * @param headings how the file calls a column, where it calls it otherwise
 * @param values by column, what stands for which of our values
 */
public record SheetForm(
        List<String> columns,
        List<String> required,
        Map<String, String> headings,
        Map<String, Map<String, String>> values,
        Charset charset) {
    public SheetForm {
        columns = List.copyOf(columns);
        required = List.copyOf(required);
        headings = Map.copyOf(headings);
        values = Map.copyOf(values);
    }

    public static SheetForm of(List<String> columns, List<String> required) {
        return new SheetForm(columns, required, Map.of(), Map.of(), StandardCharsets.UTF_8);
    }

    String heading(String column) {
        return headings.getOrDefault(column, column);
    }

    String value(String column, String text) {
        for (Map.Entry<String, String> known :
                values.getOrDefault(column, Map.of()).entrySet()) {
            if (known.getKey().strip().equalsIgnoreCase(text)) {
                return known.getValue();
            }
        }
        return text;
    }
}
