package ml.keneya.views.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one record, which take the place of those it had before.
 *
 * @param origin where they come from
 * @param isNew whether the record cannot have had rows before
 * @param rows cells in the order of the columns; none when the record is deleted or left out by the view
 */
public record RecordRows(Origin origin, boolean isNew, List<@Nullable Object[]> rows) {

    /**
     * What every row tells beside its columns, for filters and rights.
     *
     * @param lastUpdated {@code meta.lastUpdated} as ISO 8601
     * @param patient id of the patient whose record it is, if any
     * @param owner code of the facility whose record it is, absent for national records
     * @param labels sensitivity labels, each {@code system|code}
     */
    public record Origin(
            String id,
            long version,
            @Nullable String lastUpdated,
            @Nullable String patient,
            @Nullable String owner,
            List<String> labels) {}
}
