package ml.keneya.views.table;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.store.RecordSample;
import ml.keneya.views.definition.Indexed;
import ml.keneya.views.definition.ViewColumn;
import ml.keneya.views.table.RecordRows.Origin;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table that holds the rows of one version of a view: the columns of the view, and before them what is known of
 * every row (whose names begin with an underscore, which no column of a view may).
 */
public final class ViewTable {

    /** Where the tables are; nobody but the exchange reads them directly. */
    public static final Identifier SCHEMA = new Identifier("keneya_view");

    private static final String CHOSEN = RecordSample.condition("\"_id\"");

    private static final List<OwnColumn> OWN = List.of(
            new OwnColumn("_id", "text", rows -> rows.origin().id()),
            new OwnColumn("_row", "integer", null),
            new OwnColumn(
                    "_version", "bigint", rows -> Long.toString(rows.origin().version())),
            new OwnColumn(
                    "_updated",
                    "timestamp with time zone",
                    rows -> rows.origin().lastUpdated()),
            new OwnColumn("_patient", "text", rows -> rows.origin().patient()),
            new OwnColumn("_owner", "text", rows -> rows.origin().owner()),
            new OwnColumn(
                    "_labels", "text[]", rows -> ArrayText.of(rows.origin().labels())));

    private final Identifier name;
    private final List<ViewColumn> columns;
    private final String insert;
    private final String replace;
    private final String delete;

    public ViewTable(Identifier name, List<ViewColumn> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.insert = insertion("");
        // A record that is written anew may fit the definition now, so the note of its failure goes as well.
        String given = "with given as (select ?::text[] as ids),\n"
                + "cured as (delete from keneya.view_failure where table_name = '"
                + name.name().replace("'", "''")
                + "' and resource_id = any((select ids from given)::text[]))";
        String gone = "delete from " + qualified() + " where \"_id\" = any((select ids from given)::text[])";
        this.delete = given + "\n" + gone;
        // The condition makes PostgreSQL delete before it inserts.
        this.replace = given + ",\ngone as (" + gone + " returning 1)\n"
                + insertion("\nwhere (select count(*) from gone) >= 0");
    }

    /** @param value what it holds; absent for the number of the row */
    private record OwnColumn(
            String name, String type, @Nullable Function<RecordRows, @Nullable String> value) {}

    public String qualified() {
        return name.in(SCHEMA);
    }

    /** The statements that make the empty table. The key keeps a record from being in it twice. */
    public List<String> creation() {
        String defined = Stream.concat(
                        OWN.stream().map(own -> quoted(own.name()) + " " + own.type()),
                        columns.stream().map(column -> quoted(column.name()) + " " + column.sqlType()))
                .collect(Collectors.joining(",\n    "));
        String index = "create index on %s (\"%s\")";
        return Stream.of(
                        Stream.of(
                                "create table %s (\n    %s,\n    primary key (\"_id\", \"_row\"))"
                                        .formatted(qualified(), defined),
                                index.formatted(qualified(), "_patient") + " where \"_patient\" <> \"_id\"",
                                index.formatted(qualified(), "_updated")),
                        columns.stream()
                                .filter(column -> column.indexed() != Indexed.NO)
                                .map(column -> index.formatted(qualified(), column.name())
                                        + (column.indexed() == Indexed.KNOWN
                                                ? " where " + quoted(column.name()) + " is not null"
                                                : "")),
                        columns.stream()
                                .filter(column -> !column.indexedBy().isEmpty())
                                .map(column -> "create index on %s (coalesce(%s)) where %s is not null"
                                        .formatted(
                                                qualified(),
                                                column.indexedBy().stream()
                                                        .map(ViewTable::quoted)
                                                        .collect(Collectors.joining(", ")),
                                                quoted(column.name()))))
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * Puts the rows in the place of those that their records had, with one statement. The same record must not be given
     * twice.
     */
    public void replace(JdbcClient jdbc, List<RecordRows> records) {
        List<String> replaced = records.stream()
                .filter(record -> !record.isNew())
                .map(record -> record.origin().id())
                .toList();
        boolean nothing = records.stream().allMatch(record -> record.rows().isEmpty());
        if (replaced.isEmpty() && nothing) {
            return;
        }
        if (nothing) {
            jdbc.sql(delete).param(array(replaced)).update();
            return;
        }
        JdbcClient.StatementSpec statement = jdbc.sql(replaced.isEmpty() ? insert : replace);
        if (!replaced.isEmpty()) {
            statement = statement.param(array(replaced));
        }
        for (String[] values : byColumn(records)) {
            statement = statement.param(values);
        }
        statement.update();
    }

    /** One array a column, so that the statement is the same however many rows there are. */
    private List<@Nullable String[]> byColumn(List<RecordRows> records) {
        int size = records.stream().mapToInt(record -> record.rows().size()).sum();
        List<@Nullable String[]> arrays = new ArrayList<>();
        IntStream.range(0, OWN.size() + columns.size()).forEach(each -> arrays.add(new @Nullable String[size]));
        int position = 0;
        for (RecordRows record : records) {
            for (int row = 0; row < record.rows().size(); row++) {
                fill(arrays, position++, record, row);
            }
        }
        return arrays;
    }

    private void fill(List<@Nullable String[]> arrays, int position, RecordRows record, int row) {
        for (int index = 0; index < OWN.size(); index++) {
            Function<RecordRows, @Nullable String> value = OWN.get(index).value();
            arrays.get(index)[position] = value == null ? Integer.toString(row) : value.apply(record);
        }
        @Nullable Object[] cells = record.rows().get(row);
        for (int index = 0; index < cells.length; index++) {
            arrays.get(OWN.size() + index)[position] = ArrayText.cell(cells[index]);
        }
    }

    /**
     * The list of columns of a query on the table whose cells are texts and lists of texts, as the definition makes
     * them.
     */
    public String selection() {
        return columns.stream().map(ViewTable::asText).collect(Collectors.joining(", "));
    }

    /** What the table holds of the records; those without rows are left out. */
    public List<RecordRows> rowsOf(JdbcClient jdbc, Collection<String> ids) {
        Map<String, RecordRows> found = new LinkedHashMap<>();
        jdbc.sql("select \"_id\", \"_version\", " + inUtc("\"_updated\"") + ", \"_patient\", \"_owner\", \"_labels\", "
                        + selection() + " from " + qualified()
                        + " where \"_id\" = any(?::text[]) order by \"_id\", \"_row\"")
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    Origin origin = new Origin(
                            row.getString(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            List.of((String[]) row.getArray(6).getArray()));
                    found.computeIfAbsent(origin.id(), id -> new RecordRows(origin, false, new ArrayList<>()))
                            .rows()
                            .add(read(row, 7));
                });
        return List.copyOf(found.values());
    }

    /** Hands over the cells of the rows that are wanted, in constant memory when the template fetches in pieces. */
    public void stream(JdbcTemplate jdbc, RowFilter filter, Consumer<@Nullable Object[]> reader) {
        jdbc.query(
                "select " + selection() + " from " + qualified() + filter.sql(),
                (RowCallbackHandler) row -> reader.accept(read(row, 1)),
                filter.parameters());
    }

    /** How many records of the sample have rows. */
    public long count(JdbcClient jdbc, RecordSample sample) {
        return jdbc.sql("select count(*) from " + qualified() + " where \"_row\" = 0 and " + CHOSEN)
                .params(sample.seed(), sample.most())
                .query(Long.class)
                .single();
    }

    /** Ids of records of the sample that have rows, in their order and beginning after {@code after}. */
    public List<String> ids(JdbcClient jdbc, RecordSample sample, String after, int limit) {
        return jdbc.sql("select \"_id\" from " + qualified() + " where \"_row\" = 0 and " + CHOSEN
                        + " and \"_id\" > ? order by \"_id\" limit ?")
                .params(sample.seed(), sample.most())
                .param(after)
                .param(limit)
                .query(String.class)
                .list();
    }

    /** Reads a row of a query with {@link #selection()}, whose first column has the number {@code first}. */
    public @Nullable Object[] read(ResultSet row, int first) throws SQLException {
        @Nullable Object[] cells = new @Nullable Object[columns.size()];
        for (int index = 0; index < cells.length; index++) {
            if (columns.get(index).collection()) {
                Array values = row.getArray(first + index);
                cells[index] = values == null ? null : Arrays.asList((String[]) values.getArray());
            } else {
                cells[index] = row.getString(first + index);
            }
        }
        return cells;
    }

    private static String asText(ViewColumn column) {
        String name = quoted(column.name());
        if (column.collection()) {
            return name + "::text[]";
        }
        return switch (column.type()) {
            case TEXT -> name;
            case TIMESTAMP -> inUtc(name);
            case BOOLEAN, INTEGER, BIGINT, DECIMAL, DATE -> name + "::text";
        };
    }

    private static String inUtc(String column) {
        return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    }

    private String insertion(String condition) {
        List<String> names = Stream.concat(
                        OWN.stream().map(OwnColumn::name), columns.stream().map(ViewColumn::name))
                .map(ViewTable::quoted)
                .toList();
        List<String> types = Stream.concat(
                        OWN.stream().map(OwnColumn::type), columns.stream().map(ViewColumn::sqlType))
                .toList();
        String given = names.stream().map(each -> "?::text[]").collect(Collectors.joining(", "));
        String cast = IntStream.range(0, names.size())
                .mapToObj(index -> "c" + index + (types.get(index).equals("text") ? "" : "::" + types.get(index)))
                .collect(Collectors.joining(", "));
        String aliases =
                IntStream.range(0, names.size()).mapToObj(index -> "c" + index).collect(Collectors.joining(", "));
        return "insert into " + qualified() + " (" + String.join(", ", names) + ")\nselect " + cast + "\nfrom unnest("
                + given + ") as given (" + aliases + ")" + condition;
    }

    private static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }

    private static String quoted(String column) {
        return new Identifier(column).quoted();
    }
}
