package ml.keneya.terminology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The folder of CSV files; the only class that reads them. */
record Lists(Path folder) {

    private static final ObjectReader CSV = new CsvMapper()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    private static final int HEADER = 1;

    List<Row> rows(String name) {
        var file = folder.resolve(name + ".csv");
        var rows = new ArrayList<Row>();
        try (var bytes = Files.newInputStream(file);
                MappingIterator<Map<String, String>> lines = CSV.readValues(bytes)) {
            while (lines.hasNextValue()) {
                rows.add(new Row(name + ".csv", HEADER + rows.size() + 1, lines.nextValue()));
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(name + ".csv: " + malformed.getMessage(), malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
        return rows;
    }

    /** The rows of a file by the column that names them; a name given twice is refused. */
    Map<String, Row> rowsBy(String column, String name) {
        var rows = new LinkedHashMap<String, Row>();
        for (var row : rows(name)) {
            if (rows.put(row.text(column), row) != null) {
                throw row.refusal(row.text(column) + " appears twice");
            }
        }
        return rows;
    }

    /** A file that nothing describes would silently stay out of the package. */
    void refuseStrangers(String subfolder, Collection<String> described) {
        var strangers = new TreeSet<String>();
        try (var files = Files.list(folder.resolve(subfolder))) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".csv"))
                    .forEach(strangers::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot list " + subfolder, unreadable);
        }
        described.forEach(id -> strangers.remove(id + ".csv"));
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("%s: no row describes %s".formatted(subfolder, strangers));
        }
    }
}
