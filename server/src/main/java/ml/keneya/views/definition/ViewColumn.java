package ml.keneya.views.definition;

import java.util.List;

/**
 * A column of a view.
 *
 * @param collection whether a cell holds a list of values
 * @param indexed whether rows are looked up by it
 * @param indexedBy columns by the first known of which the rows that have this one are looked up
 * @param description what it means, in French
 */
public record ViewColumn(
        String name,
        ColumnType type,
        boolean collection,
        Identifying identifying,
        Indexed indexed,
        List<String> indexedBy,
        String description) {

    /** The name of the SQL type. */
    public String sqlType() {
        return collection ? type.sql() + "[]" : type.sql();
    }
}
