package ml.keneya.surveillance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of an indicator.
 *
 * @param group what is counted, for example a disease
 * @param place empty for what lies in no place of the level asked for
 * @param strata by what the figure is told apart beside the place, each with its value
 * @param counts by the column of the statement
 */
record Figure(String group, String place, Map<String, String> strata, Map<String, Long> counts) {

    Figure {
        strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    long count(String column) {
        return counts.getOrDefault(column, 0L);
    }
}
