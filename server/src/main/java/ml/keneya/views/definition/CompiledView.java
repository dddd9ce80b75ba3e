package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** A ViewDefinition, ready to make rows. Safe for use by many threads. */
public final class CompiledView {

    private final ViewDefinition definition;
    private final List<ViewColumn> columns;
    private final List<Condition> where;
    private final RowSource rows;

    CompiledView(ViewDefinition definition, List<ViewColumn> columns, List<Condition> where, RowSource rows) {
        this.definition = definition;
        this.columns = List.copyOf(columns);
        this.where = List.copyOf(where);
        this.rows = rows;
    }

    /** A condition of {@code where}. */
    @FunctionalInterface
    interface Condition {
        boolean isMetBy(Resource resource, Scope scope);
    }

    /** Makes rows of one part of the definition; cells are text, lists of text, or null. */
    @FunctionalInterface
    interface RowSource {
        List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope);
    }

    public String name() {
        return definition.name();
    }

    public String resource() {
        return definition.resource();
    }

    public List<ViewColumn> columns() {
        return columns;
    }

    /** The definition as JSON text, from which any process can compile the same view. */
    public String source() {
        return definition.source().toString();
    }

    /** What the view and its columns mean, in French, for who looks at the tables. */
    public String description() {
        return definition.source().path("description").asText("");
    }

    /**
     * The rows of one record: each an array with one cell a column, which is a text, a list of texts, or null.
     *
     * @throws ml.keneya.fhir.RefusedException when the record does not fit the definition, for example because a column
     *     that is no collection got several values
     */
    public List<@Nullable Object[]> rows(Resource resource) {
        Map<String, Base> constants = definition.constants();
        IdType id = resource.getIdElement();
        // HAPI keeps type and version in the id of a record; a view sees the id as FHIR writes it.
        resource.setIdElement(new IdType(id.getIdPart()));
        try {
            Scope scope = new Scope(resource, constants, 0);
            for (Condition condition : where) {
                if (!condition.isMetBy(resource, scope)) {
                    return List.of();
                }
            }
            return new ArrayList<>(rows.rows(resource, scope));
        } finally {
            resource.setIdElement(id);
        }
    }
}
