package ml.keneya.load.sheets;

import java.util.Map;

/**
 * A line of a spreadsheet, by our names of its columns.
 *
 * @param number of the line in the file, as an editor counts: the headings are usually line 1
 * @param headings what the file calls a column, where it calls it otherwise: whoever corrects a fault looks for that
 */
public record SheetLine(String file, long number, Map<String, String> cells, Map<String, String> headings) {
    public SheetLine {
        cells = Map.copyOf(cells);
        headings = Map.copyOf(headings);
    }

    /** What stands there, without spaces around it; empty where nothing does. */
    public String text(String column) {
        return cells.getOrDefault(column, "");
    }

    public boolean has(String column) {
        return !text(column).isEmpty();
    }

    /** What the file calls a column. */
    public String heading(String column) {
        return headings.getOrDefault(column, column);
    }
}
