package ml.keneya.views.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.context.IWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.utils.sql.Cell;
import org.hl7.fhir.r4.utils.sql.Column;
import org.hl7.fhir.r4.utils.sql.ColumnKind;
import org.hl7.fhir.r4.utils.sql.Provider;
import org.hl7.fhir.r4.utils.sql.Runner;
import org.hl7.fhir.r4.utils.sql.StorageJson;
import org.hl7.fhir.r4.utils.sql.Store;
import org.hl7.fhir.r4.utils.sql.Value;
import org.hl7.fhir.utilities.json.model.JsonObject;
import org.hl7.fhir.utilities.json.parser.JsonParser;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.jspecify.annotations.Nullable;

/**
 * HL7's own implementation of ViewDefinitions ({@code org.hl7.fhir.r4.utils.sql}, version 6.7.9), by which the compiled
 * columns are judged. Both speak of the same in different words, which are made equal here and nowhere else:
 *
 * <ol>
 *   <li>The Runner knows no tag {@code ansi/type} ("Type Hinting with Tags", "Overriding Default Type Mappings"), so
 *       its text of a date or an instant is turned into the day in UTC or into milliseconds, from the moment that it
 *       parsed.
 *   <li>Decimals are compared by value: {@code 0.50} is {@code 0.5}.
 *   <li>A value that is absent, an empty collection and a primitive that only has extensions are all no value.
 *   <li>The Runner refuses {@code fhirVersion}, an element of ViewDefinition; it is taken away.
 *   <li>The Runner lacks {@code %rowIndex} ("Environment Variables", "%rowIndex") and refuses its column. That one is
 *       taken away, and in its place stands the number of the row, which the specification says it has where one
 *       {@code forEach} makes the rows; no other use of it is ours.
 *   <li>The Runner takes {@code positiveInt} and {@code unsignedInt} for types with elements and refuses their values;
 *       the specification has them as integers ("Default Type Mappings").
 *   <li>What a key is, each implementation decides ("getResourceKey"): the storage answers with the id, and only a
 *       reference to a record of the same server leads anywhere.
 *   <li>The Runner has no key of several references at once, where the specification calls the function on elements
 *       ("getReferenceKey"); it is asked for the key of each of them.
 * </ol>
 */
public final class ReferenceRunner {

    private static final Set<String> COUNTING_TYPES = Set.of("positiveInt", "unsignedInt");
    private static final String ROW_INDEX = "%rowIndex";
    private static final int LENGTH_OF_DAY = "2026-11-25".length();
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final IWorkerContext context;

    public ReferenceRunner(IWorkerContext context) {
        this.context = context;
    }

    /** @return for each record its rows, each with the values of every column by its name */
    public List<List<Map<String, List<String>>>> run(
            JsonNode definition, List<ViewColumn> columns, List<Resource> records) {
        Rows rows = new Rows();
        Runner runner = new Runner();
        runner.setContext(context);
        runner.setStorage(rows);
        runner.setProvider(new Here());
        ObjectNode changed = definition.deepCopy();
        changed.remove("fhirVersion");
        List<String> counting = removeRowIndex(changed);
        askForTheKeyOfEach(changed);
        Runner.WorkContext work = prepare(runner, changed);
        List<List<Map<String, List<String>>>> all = new ArrayList<>();
        for (Resource record : records) {
            rows.ofRecord = new ArrayList<>();
            // It leaves its keys in the record.
            runner.processResource(work, record.copy());
            List<Map<String, List<Value>>> found = rows.ofRecord;
            all.add(IntStream.range(0, found.size())
                    .mapToObj(number -> row(columns, counting, found.get(number), number))
                    .toList());
        }
        return all;
    }

    /** A row as the compiled view makes it, in the words of the comparison. */
    public static Map<String, List<String>> row(List<ViewColumn> columns, @Nullable Object[] cells) {
        Map<String, List<String>> row = new LinkedHashMap<>();
        for (int index = 0; index < cells.length; index++) {
            ViewColumn column = columns.get(index);
            Object cell = cells[index];
            List<?> values = cell == null ? List.of() : cell instanceof List<?> several ? several : List.of(cell);
            row.put(
                    column.name(),
                    values.stream()
                            .filter(Objects::nonNull)
                            .map(value ->
                                    column.type() == ColumnType.DECIMAL ? decimal((String) value) : (String) value)
                            .toList());
        }
        return row;
    }

    private static Map<String, List<String>> row(
            List<ViewColumn> columns, List<String> counting, Map<String, List<Value>> found, int number) {
        Map<String, List<String>> row = new LinkedHashMap<>();
        for (ViewColumn column : columns) {
            row.put(
                    column.name(),
                    counting.contains(column.name())
                            ? List.of(Integer.toString(number))
                            : found.get(column.name()).stream()
                                    .filter(value -> value != null && value.getValueString() != null)
                                    .map(value -> text(column.type(), value))
                                    .filter(Objects::nonNull)
                                    .toList());
        }
        return row;
    }

    private static @Nullable String text(ColumnType type, Value value) {
        String text = value.getValueString();
        return switch (type) {
            case TEXT, BOOLEAN, INTEGER, BIGINT -> text;
            case DECIMAL -> decimal(text);
            case DATE -> {
                if (text.length() < LENGTH_OF_DAY) {
                    yield null;
                }
                yield text.length() == LENGTH_OF_DAY
                        ? text
                        : DAY.format(value.getValueDate().toInstant());
            }
            case TIMESTAMP ->
                text.length() <= LENGTH_OF_DAY
                        ? null
                        : MILLISECONDS.format(value.getValueDate().toInstant());
        };
    }

    private static String decimal(String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    /** @return the names of its columns */
    private static List<String> removeRowIndex(JsonNode view) {
        List<String> names = new ArrayList<>();
        for (JsonNode select : view.path("select")) {
            Iterator<JsonNode> columns = select.path("column").elements();
            while (columns.hasNext()) {
                JsonNode column = columns.next();
                if (ROW_INDEX.equals(column.path("path").asText())) {
                    names.add(column.path("name").asText());
                    columns.remove();
                }
            }
        }
        return names;
    }

    private static void askForTheKeyOfEach(JsonNode view) {
        for (JsonNode select : view.path("select")) {
            for (JsonNode column : select.path("column")) {
                String path = column.path("path").asText();
                ((ObjectNode) column).put("path", path.replaceAll("\\.(getReferenceKey\\(\\w*\\))", ".select($1)"));
            }
        }
    }

    private static Runner.WorkContext prepare(Runner runner, JsonNode definition) {
        JsonObject view;
        try {
            view = JsonParser.parseObject(definition.toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        try {
            return runner.prepare("$", view);
        } catch (RuntimeException refused) {
            List<ValidationMessage> issues = runner.getIssues() == null ? List.of() : runner.getIssues();
            throw new IllegalStateException(
                    issues.stream()
                            .filter(ValidationMessage::isError)
                            .map(ValidationMessage::summary)
                            .collect(Collectors.joining("\n")),
                    refused);
        }
    }

    private static final class Here implements Provider {

        @Override
        public List<Base> fetch(String resourceType) {
            throw new UnsupportedOperationException("Records are given one by one.");
        }

        @Override
        public @Nullable Base resolveReference(@Nullable Base root, String reference, @Nullable String type) {
            String[] parts = reference.split("/_history/")[0].split("/");
            if (parts.length != 2 || type != null && !type.equals(parts[0])) {
                return null;
            }
            return ResourceFactory.createResource(parts[0]).setId(parts[1]);
        }
    }

    /** Keeps values as they come. */
    private static final class Rows extends StorageJson {

        private List<Map<String, List<Value>>> ofRecord = List.of();

        @Override
        public Store createStore(String name, List<Column> columns) {
            columns.stream()
                    .filter(column -> COUNTING_TYPES.contains(column.getType()))
                    .forEach(column -> column.setKind(ColumnKind.Integer));
            return super.createStore(name, columns);
        }

        @Override
        public void addRow(Store store, List<Cell> cells) {
            Map<String, List<Value>> row = new LinkedHashMap<>();
            cells.forEach(cell -> row.put(cell.getColumn().getName(), cell.getValues()));
            ofRecord.add(row);
        }

        @Override
        public String getKeyForSourceResource(Base record) {
            return new IdType(record.getIdBase()).getIdPart();
        }

        @Override
        public String getKeyForTargetResource(Base record) {
            return new IdType(record.getIdBase()).getIdPart();
        }
    }
}
