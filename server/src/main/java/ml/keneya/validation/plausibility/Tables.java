package ml.keneya.validation.plausibility;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import ml.keneya.conformance.Canonicals;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.ClassPathResource;

/** The tables that stand beside this package; each says where its figures come from. */
final class Tables {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .setTrim(true)
            .build();

    private Tables() {}

    /** The rows of a table by the names of its columns. */
    static List<Map<String, String>> read(String name) {
        ClassPathResource table = new ClassPathResource(name + ".csv", Tables.class);
        try (Reader reader = new InputStreamReader(table.getInputStream(), StandardCharsets.UTF_8)) {
            return rows(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The table " + name + " is not readable.", unreadable);
        }
    }

    static List<Map<String, String>> rows(Reader text) throws IOException {
        return FORMAT.parse(text).getRecords().stream().map(CSVRecord::toMap).toList();
    }

    /** The code system of a row; those of ours are named by their id, so that they move with the canonical base. */
    static String system(Map<String, String> row) {
        String system = cell(row, "system");
        return system.startsWith("http") ? system : Canonicals.BASE + "/CodeSystem/" + system;
    }

    /** @throws IllegalStateException when the table has no such column: a misspelt one must not switch a rule off */
    static String cell(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new IllegalStateException("A row has no column " + column + ": " + row);
        }
        return value;
    }
}
