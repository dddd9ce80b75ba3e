package ml.keneya.surveillance;

import java.util.List;
import java.util.Set;

/**
 * What the statement of an indicator found.
 *
 * @param columns the counts that it makes, whether or not there are rows
 */
record Figures(Set<String> columns, List<Figure> rows) {

    Figures {
        columns = Set.copyOf(columns);
        rows = List.copyOf(rows);
    }

    long total(String column) {
        return rows.stream().mapToLong(figure -> figure.count(column)).sum();
    }
}
