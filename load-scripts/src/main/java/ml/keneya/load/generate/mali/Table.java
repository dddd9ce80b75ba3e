package ml.keneya.load.generate.mali;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A CSV file that comes with the program: a header, commas, double quotes around a cell with a comma. */
final class Table {
    private Table() {}

    /** One row, by the names in the header. */
    record Row(Map<String, Integer> columns, List<String> cells) {
        String text(String column) {
            Integer index = columns.get(column);
            if (index == null) {
                throw new IllegalArgumentException("No column " + column);
            }
            return cells.get(index);
        }

        boolean has(String column) {
            return !text(column).isEmpty();
        }

        double number(String column) {
            return Double.parseDouble(text(column));
        }

        int whole(String column) {
            return Integer.parseInt(text(column));
        }
    }

    static List<Row> read(String name) {
        String path = "/ml/keneya/load/generate/" + name + ".csv";
        try (InputStream content = Table.class.getResourceAsStream(path)) {
            if (content == null) {
                throw new FileNotFoundException(path);
            }
            var lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
            Map<String, Integer> columns = new HashMap<>();
            List<String> header = cells(lines.readLine());
            for (int index = 0; index < header.size(); index++) {
                columns.put(header.get(index), index);
            }
            return rows(path, lines, columns);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Row> rows(String path, BufferedReader lines, Map<String, Integer> columns) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> cells = cells(line);
            if (cells.size() != columns.size()) {
                throw new IOException(path + ": " + line);
            }
            rows.add(new Row(columns, cells));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int index = 0; index < line.length(); index++) {
            char letter = line.charAt(index);
            if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(letter);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
