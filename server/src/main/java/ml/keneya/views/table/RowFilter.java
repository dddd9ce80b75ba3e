package ml.keneya.views.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are wanted.
 *
 * @param patients ids of the people they are about; null for everybody
 * @param since only of records that were stored then or later
 * @param limit at most so many
 * @param residents only of these people, and nothing that carries a sensitivity label; null for everything
 */
public record RowFilter(
        @Nullable List<String> patients,
        @Nullable Instant since,
        OptionalLong limit,
        @Nullable Residents residents) {

    public RowFilter(@Nullable List<String> patients, @Nullable Instant since, OptionalLong limit) {
        this(patients, since, limit, null);
    }

    /** The same, of these people alone. */
    public RowFilter among(Residents people) {
        return new RowFilter(patients, since, limit, people);
    }

    /** What follows the name of the table; its parameters are {@link #parameters()}. */
    String sql() {
        List<String> conditions = new ArrayList<>();
        if (patients != null) {
            conditions.add("\"_patient\" = any(?::text[])");
        }
        if (since != null) {
            conditions.add("\"_updated\" >= ?");
        }
        if (residents != null) {
            conditions.add(SensitiveLabels.absentFrom());
            conditions.add(residents.sql());
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return limit.isPresent() ? where + " limit ?" : where;
    }

    Object[] parameters() {
        List<Object> parameters = new ArrayList<>();
        if (patients != null) {
            parameters.add(patients.toArray(String[]::new));
        }
        if (since != null) {
            parameters.add(since.atOffset(ZoneOffset.UTC));
        }
        if (residents != null) {
            parameters.addAll(residents.parameters());
        }
        limit.ifPresent(parameters::add);
        return parameters.toArray();
    }
}
