package ml.keneya.views.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.views.definition.CompiledView.Condition;
import ml.keneya.views.definition.CompiledView.RowSource;
import ml.keneya.views.definition.ViewDefinition.Column;
import ml.keneya.views.definition.ViewDefinition.Iteration;
import ml.keneya.views.definition.ViewDefinition.Path;
import ml.keneya.views.definition.ViewDefinition.Select;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.springframework.stereotype.Component;

/** Compiles ViewDefinitions: checks them as a whole, parses each path once, decides the columns. */
@Component
public class CompilesViews {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PathEngine engine;
    private final ServedTypes served;

    CompilesViews(PathEngine engine, ServedTypes served) {
        this.engine = engine;
        this.served = served;
    }

    /** @throws RefusedException with the place of what is wrong */
    public CompiledView compile(String json) {
        try {
            return compile(JSON.readTree(json));
        } catch (JsonProcessingException unreadable) {
            throw new RefusedException(Refusal.of(RefusalCode.VIEW_ELEMENT_WRONG, "ViewDefinition", "JSON"));
        }
    }

    /** @throws RefusedException with the place of what is wrong */
    public CompiledView compile(JsonNode json) {
        return compile(json, served.names()::contains);
    }

    /** @param types which resource types a view may be over */
    CompiledView compile(JsonNode json, java.util.function.Predicate<String> types) {
        ViewDefinition definition = DefinitionReader.read(json);
        if (!types.test(definition.resource())) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.VIEW_TYPE_NOT_SERVED, definition.resource(), served.inWords())
                            .at("ViewDefinition.resource"));
        }
        return new Compilation(definition).compile();
    }

    /** The work on one definition. */
    private final class Compilation {

        private final ViewDefinition definition;
        private final SimplePaths simple;

        Compilation(ViewDefinition definition) {
            this.definition = definition;
            this.simple = new SimplePaths(definition.resource(), definition.constants());
        }

        CompiledView compile() {
            List<Condition> where =
                    definition.where().stream().map(this::condition).toList();
            List<ViewColumn> columns = definition.select().stream()
                    .flatMap(select -> columns(select).stream())
                    .toList();
            refuseDoubles(columns);
            refuseUnknownIndexes(columns);
            if (columns.isEmpty()) {
                throw DefinitionReader.missing("ViewDefinition.select.column");
            }
            List<RowSource> parts = definition.select().stream().map(this::rows).toList();
            return new CompiledView(definition, columns, where, new Product(parts));
        }

        /** Own columns first, then those of nested selects, then those of the union. */
        private List<ViewColumn> columns(Select select) {
            List<ViewColumn> columns = new ArrayList<>();
            select.columns().forEach(column -> columns.add(column(column)));
            select.selects().forEach(nested -> columns.addAll(columns(nested)));
            List<List<ViewColumn>> branches =
                    select.unionAll().stream().map(this::columns).toList();
            for (List<ViewColumn> branch : branches) {
                if (!shape(branch).equals(shape(branches.get(0)))) {
                    String place = select.place() + ".unionAll";
                    throw new RefusedException(
                            Refusal.of(RefusalCode.VIEW_UNION, place).at(place));
                }
            }
            branches.stream().limit(1).forEach(columns::addAll);
            return columns;
        }

        private static List<String> shape(List<ViewColumn> columns) {
            return columns.stream()
                    .map(column -> column.name() + " " + column.sqlType())
                    .toList();
        }

        private void refuseDoubles(List<ViewColumn> columns) {
            Set<String> seen = new HashSet<>();
            for (ViewColumn column : columns) {
                if (!seen.add(column.name())) {
                    throw new RefusedException(Refusal.of(RefusalCode.VIEW_COLUMN_TWICE, column.name()));
                }
            }
        }

        /** An index is made by SQL, which would only say so when the table is made. */
        private static void refuseUnknownIndexes(List<ViewColumn> columns) {
            for (ViewColumn column : columns) {
                Set<String> types = new HashSet<>();
                for (String name : column.indexedBy()) {
                    types.add(columns.stream()
                            .filter(other -> other.name().equals(name) && !other.collection())
                            .map(ViewColumn::sqlType)
                            .findFirst()
                            .orElseThrow(() -> wrongIndex(name)));
                }
                if (types.size() > 1) {
                    throw wrongIndex(String.join(" ", column.indexedBy()));
                }
            }
        }

        private static RefusedException wrongIndex(String value) {
            return new RefusedException(Refusal.of(RefusalCode.VIEW_ELEMENT_WRONG, "keneya/indexed-by", value)
                    .at("ViewDefinition.select"));
        }

        private ViewColumn column(Column column) {
            return new ViewColumn(
                    column.name(),
                    type(column),
                    column.collection(),
                    column.identifying(),
                    column.indexed(),
                    column.indexedBy(),
                    column.description());
        }

        private ColumnType type(Column column) {
            String ansi = column.ansiType();
            if (ansi != null) {
                return ColumnType.ofAnsi(ansi).orElseThrow(() -> unknownType(column, ansi, ".tag"));
            }
            String type = column.type();
            return type == null
                    ? ColumnType.TEXT
                    : ColumnType.ofFhir(type).orElseThrow(() -> unknownType(column, type, ".type"));
        }

        private static RefusedException unknownType(Column column, String type, String member) {
            return new RefusedException(Refusal.of(RefusalCode.VIEW_COLUMN_TYPE, type, column.name())
                    .at(column.path().place().replaceAll("\\.path$", member)));
        }

        private RowSource rows(Select select) {
            Stream.Builder<RowSource> parts = Stream.builder();
            if (!select.columns().isEmpty()) {
                parts.add(cells(select.columns()));
            }
            select.selects().forEach(nested -> parts.add(rows(nested)));
            if (!select.unionAll().isEmpty()) {
                parts.add(new Union(select.unionAll().stream().map(this::rows).toList()));
            }
            RowSource product = new Product(parts.build().toList());
            List<Expression> paths =
                    select.paths().stream().map(this::expression).toList();
            return switch (select.iteration()) {
                case NONE -> product;
                case FOR_EACH, FOR_EACH_OR_NULL ->
                    new ForEach(paths.get(0), select.iteration() == Iteration.FOR_EACH_OR_NULL, product);
                case REPEAT -> new Repeat(paths, product);
            };
        }

        private RowSource cells(List<Column> columns) {
            List<Cell> cells = columns.stream()
                    .map(column -> new Cell(column(column), column.path(), expression(column.path())))
                    .toList();
            return new Cells(cells);
        }

        private Condition condition(Path path) {
            ExpressionNode node = engine.parse(path);
            Expression expression = expression(path, node);
            return (resource, scope) -> {
                List<Base> values = expression.evaluate(resource, scope);
                if (values.isEmpty()) {
                    return false;
                }
                if (values.size() == 1 && values.get(0) instanceof BooleanType truth) {
                    return truth.booleanValue();
                }
                throw new RefusedException(Refusal.of(RefusalCode.VIEW_WHERE_NOT_BOOLEAN, path.text())
                        .at(path.place()));
            };
        }

        private Expression expression(Path path) {
            return expression(path, engine.parse(path));
        }

        private Expression expression(Path path, ExpressionNode node) {
            refuseUnknownConstants(path);
            return simple.compile(node).orElse((focus, scope) -> engine.evaluate(node, focus, scope, path));
        }

        /** Found by text, outside of string literals: the engine would only notice when a record reaches the place. */
        private void refuseUnknownConstants(Path path) {
            for (String name : ConstantNames.in(path.text())) {
                if (!definition.constants().containsKey(name)) {
                    throw new RefusedException(
                            Refusal.of(RefusalCode.VIEW_CONSTANT, name).at(path.place()));
                }
            }
        }
    }
}
