package ml.keneya.views.definition;

/**
 * A column of a view.
 *
 * @param collection whether a cell holds a list of values
 * @param indexed whether rows are looked up by it
 * @param description what it means, in French
 */
public record ViewColumn(
        String name,
        ColumnType type,
        boolean collection,
        Identifying identifying,
        boolean indexed,
        String description) {

    /** The name of the SQL type. */
    public String sqlType() {
        return collection ? type.sql() + "[]" : type.sql();
    }
}
