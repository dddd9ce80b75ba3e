package ml.keneya.views.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/**
 * A ViewDefinition of SQL on FHIR v2, read and free of mistakes of form. Its FHIRPath expressions are still text.
 *
 * @param name what the table is called
 * @param resource the resource type whose records make the rows
 * @param constants what {@code %name} stands for in the expressions
 * @param where conditions that a record must meet to have rows
 * @param source the definition as it was written
 */
record ViewDefinition(
        String name,
        String resource,
        Map<String, Base> constants,
        List<Select> select,
        List<Path> where,
        JsonNode source) {

    ViewDefinition {
        constants = Map.copyOf(constants);
        select = List.copyOf(select);
        where = List.copyOf(where);
    }

    /**
     * An expression and where it stands in the definition.
     *
     * @param place FHIRPath of the element, for example {@code ViewDefinition.select[0].column[1].path}
     */
    record Path(String place, String text) {}

    /** How a select moves from one element to the next. */
    enum Iteration {
        NONE,
        FOR_EACH,
        FOR_EACH_OR_NULL,
        REPEAT
    }

    /** @param paths the expressions of the iteration: none, one, or several for {@code repeat} */
    record Select(
            String place,
            Iteration iteration,
            List<Path> paths,
            List<Column> columns,
            List<Select> selects,
            List<Select> unionAll) {}

    /**
     * @param type as it was written: a FHIR type, absent when it was left out
     * @param ansiType the tag {@code ansi/type}, which chooses a SQL type
     * @param indexed whether rows are looked up by the column, from the tag {@code keneya/indexed}
     * @param indexedBy columns by the first known of which the rows that have this one are looked up, from the tag
     *     {@code keneya/indexed-by}; mostly none
     * @param identifying what the pseudonymised schema does with the column, from the tag {@code keneya/identifying}
     */
    record Column(
            String name,
            Path path,
            @Nullable String type,
            @Nullable String ansiType,
            Identifying identifying,
            Indexed indexed,
            List<String> indexedBy,
            boolean collection,
            String description) {}
}
