package ml.keneya.load.terminal;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;

/** Aligned columns without boxes, so that a table can be read, searched and cut. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("A row needs " + rows.get(0).size() + " cells, not " + cells.size());
        }
        rows.add(cells.stream()
                .map(cell -> Normalizer.normalize(PlainText.of(cell), Form.NFC))
                .toList());
    }

    public void printTo(Terminal terminal) {
        int[] widths = widths();
        terminal.line(aligned(rows.get(0), widths));
        terminal.line(underline(widths));
        rows.stream().skip(1).map(row -> aligned(row, widths)).forEach(terminal::line);
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return widths;
    }

    private static String aligned(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String underline(int[] widths) {
        var line = new StringBuilder();
        for (int width : widths) {
            line.append("─".repeat(width)).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
