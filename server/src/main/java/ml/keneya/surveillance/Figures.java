package ml.keneya.surveillance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** The rows of a statement that has one a place. */
    Map<String, Figure> byPlace() {
        return rows.stream().collect(Collectors.toMap(Figure::place, Function.identity()));
    }

    long total(String column) {
        return rows.stream().mapToLong(figure -> figure.count(column)).sum();
    }
}
