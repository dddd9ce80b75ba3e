package ml.keneya.views.table;

import java.util.stream.Collectors;
import ml.keneya.conformance.SensitivityLabels;

/**
 * The labels whose records are left out of the pseudonymised schema, because a rare disease in a small village tells
 * who the person is even without a name. One that forbids only the name is no hindrance: the pseudonymised schema holds
 * none.
 */
final class SensitiveLabels {

    private SensitiveLabels() {}

    /** A condition in SQL that holds when a row of a view's table carries none of them. */
    static String absentFrom() {
        return SensitivityLabels.RESTRICTING.stream()
                .map(label -> "'" + label + "'")
                .collect(Collectors.joining(", ", "not (\"_labels\" && array[", "])"));
    }
}
