package ml.keneya.comparison;

import au.csiro.pathling.config.EncodingConfiguration;
import au.csiro.pathling.library.PathlingContext;
import au.csiro.pathling.library.io.source.QueryableDataSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the exchange's own ViewDefinitions with Pathling on a local Apache Spark over an export of the exchange, writes
 * each view as CSV, and compares its rows with those that the exchange gives for the same records.
 */
public final class ViewsOnSpark {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What stands in extensions that the views read; Pathling leaves out the values of any other type. */
    private static final Set<String> TYPES_IN_EXTENSIONS = Set.of(
            "boolean",
            "code",
            "date",
            "dateTime",
            "integer",
            "positiveInt",
            "string",
            "CodeableConcept",
            "Coding",
            "Period",
            "Reference");

    /** No items of a questionnaire within items: no view reads them, and each level makes Spark's plans much larger. */
    private static final int LEVELS = 0;

    private ViewsOnSpark() {}

    /**
     * Ends with status 1 when a view cannot be run or has other rows.
     *
     * @param arguments folder of ViewDefinitions; folder of an export (NDJSON); base address of the exchange; folder
     *     for the CSV; names of the views, all without any
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println("ViewsOnSpark DEFINITIONS EXPORT BASE OUT [VIEW…]");
            System.exit(2);
        }
        Path out = Path.of(arguments[3]);
        Files.createDirectories(out);
        List<String> wanted = List.of(arguments).subList(4, arguments.length);
        RowsOfExchange exchange = new RowsOfExchange(arguments[2]);
        boolean equal = true;
        try (SparkSession spark = spark(out)) {
            QueryableDataSource records = pathling(spark)
                    .read()
                    // Parts of an export are called Patient-1.ndjson, Patient-2.ndjson and so on.
                    .ndjson(arguments[1], "ndjson", file -> Set.of(file.split("[-.]", 2)[0]));
            for (JsonNode definition : definitions(Path.of(arguments[0]))) {
                String name = definition.path("name").asText();
                if (wanted.isEmpty() || wanted.contains(name)) {
                    equal &= compare(records, definition, exchange, out.resolve(name + ".csv"));
                }
            }
        }
        System.exit(equal ? 0 : 1);
    }

    private static boolean compare(
            QueryableDataSource records, JsonNode definition, RowsOfExchange exchange, Path file)
            throws IOException, InterruptedException {
        List<String> leftOut = removeRowIndex(definition);
        List<ComparedColumn> columns = ComparedColumn.of(definition);
        String name = definition.path("name").asText();
        List<List<String>> here;
        try {
            here = run(records, definition, columns);
        } catch (RuntimeException refused) {
            System.out.printf("%s: Pathling cannot run it: %s%n", name, reason(refused));
            return false;
        }
        Csv.write(file, columns, here);
        RowDifferences found = RowDifferences.between(columns, exchange.of(name, columns), here);
        System.out.printf("%s: %s%s%n", name, found, leftOut.isEmpty() ? "" : ", without " + leftOut);
        return found.none();
    }

    /** Pathling 9.4.0 does not know {@code %rowIndex} ("Environment Variables"), and then refuses the whole view. */
    private static List<String> removeRowIndex(JsonNode definition) {
        List<String> names = new ArrayList<>();
        for (JsonNode select : definition.path("select")) {
            Iterator<JsonNode> columns = select.path("column").elements();
            while (columns.hasNext()) {
                JsonNode column = columns.next();
                if ("%rowIndex".equals(column.path("path").asText())) {
                    names.add(column.path("name").asText());
                    columns.remove();
                }
            }
        }
        return names;
    }

    private static List<List<String>> run(
            QueryableDataSource records, JsonNode definition, List<ComparedColumn> columns) throws IOException {
        if (!records.getResourceTypes().contains(definition.path("resource").asText())) {
            // A type without records has no file in the export.
            return List.of();
        }
        Dataset<String> rows = records.view(definition.path("resource").asText())
                .json(definition.toString())
                .execute()
                .toJSON();
        List<List<String>> cells = new ArrayList<>();
        for (Iterator<String> texts = rows.toLocalIterator(); texts.hasNext(); ) {
            cells.add(ComparedColumn.row(columns, texts.next()));
        }
        return cells;
    }

    private static SparkSession spark(Path out) {
        return SparkSession.builder()
                .appName("keneya-views")
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "2")
                // Searching what follows from the conditions of so many columns takes more memory than the data.
                .config("spark.sql.constraintPropagation.enabled", "false")
                .config("spark.sql.warehouse.dir", out.resolve("warehouse").toString())
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
    }

    private static PathlingContext pathling(SparkSession spark) {
        return PathlingContext.builder(spark)
                .encodingConfiguration(EncodingConfiguration.builder()
                        .enableExtensions(true)
                        .maxNestingLevel(LEVELS)
                        .openTypes(TYPES_IN_EXTENSIONS)
                        .build())
                .build();
    }

    private static List<JsonNode> definitions(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        List<JsonNode> definitions = new ArrayList<>();
        for (Path file : files) {
            definitions.add(JSON.readTree(file.toFile()));
        }
        return definitions;
    }

    private static String reason(Throwable refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + " "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
