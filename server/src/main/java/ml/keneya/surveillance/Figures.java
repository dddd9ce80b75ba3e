package ml.keneya.surveillance;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the statement of an indicator found.
 *
 * @param strata by what it tells figures apart beside group and place, in its order, whether or not there are rows
 * @param columns the counts that it makes, in its order, whether or not there are rows
 */
record Figures(List<String> strata, Set<String> columns, List<Figure> rows) {

    Figures {
        strata = List.copyOf(strata);
        columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
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
