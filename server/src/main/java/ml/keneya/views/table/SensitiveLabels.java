package ml.keneya.views.table;

import java.util.List;
import java.util.stream.Collectors;
import ml.keneya.conformance.Canonicals;

/**
 * The labels whose records are left out of the pseudonymised schema: those of the value set
 * {@code ml-sensitivity-label}, because a rare disease in a small village tells who the person is even without a name.
 *
 * <p>The label of a beneficiary's feedback is the exception: it forbids to read the answer under the person's name, and
 * the pseudonymised schema holds no name.
 */
final class SensitiveLabels {

    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|";
    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode|";
    private static final String OURS = Canonicals.BASE + "/CodeSystem/ml-sensitivity|";

    /** Each as {@code system|code}. */
    static final List<String> HIDDEN = List.of(
            CONFIDENTIALITY + "R",
            CONFIDENTIALITY + "V",
            ACT_CODE + "HIV",
            ACT_CODE + "STD",
            ACT_CODE + "SEX",
            ACT_CODE + "SDV",
            ACT_CODE + "PSY",
            ACT_CODE + "SUD",
            OURS + "child-protection",
            OURS + "displacement",
            OURS + "social-assistance");

    static final List<String> SHOWN = List.of(OURS + "feedback");

    private SensitiveLabels() {}

    /** A condition in SQL that holds when a row of a view's table carries none of them. */
    static String absentFrom() {
        return HIDDEN.stream()
                .map(label -> "'" + label + "'")
                .collect(Collectors.joining(", ", "not (\"_labels\" && array[", "])"));
    }
}
