package ml.keneya.conformance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;

/**
 * The labels of the value set {@code ml-sensitivity-label}, each as {@code system|code}: which of them keep a record
 * from those who neither wrote it nor care for the person.
 */
public final class SensitivityLabels {

    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|";
    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode|";
    private static final String OURS = Canonicals.BASE + "/CodeSystem/ml-sensitivity|";

    public static final List<String> RESTRICTING = List.of(
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

    /** The label of a beneficiary's feedback forbids to read the answer under the person's name. */
    public static final List<String> FORBIDDING_THE_NAME = List.of(OURS + "feedback");

    /** What services of social affairs and child protection may read when it is sent to them. */
    public static final Set<String> OF_SOCIAL_SERVICES =
            Set.of(OURS + "child-protection", OURS + "displacement", OURS + "social-assistance");

    private SensitivityLabels() {}

    /** Whether a label, as {@code system|code}, keeps a record from these services too: for a reason of health. */
    public static boolean isForOthers(String label) {
        return FORBIDDING_THE_NAME.contains(label) || (label.startsWith(ACT_CODE) && RESTRICTING.contains(label));
    }

    /** Whether a record bears any of them. */
    public static boolean areOn(Meta meta) {
        return meta.getSecurity().stream()
                .map(SensitivityLabels::text)
                .anyMatch(label -> Stream.concat(RESTRICTING.stream(), FORBIDDING_THE_NAME.stream())
                        .anyMatch(label::equals));
    }

    /** Those that keep it from others, each as {@code system|code}. */
    public static Set<String> restrictingOn(Meta meta) {
        return texts(meta.getSecurity().stream()
                .filter(SensitivityLabels::isRestricting)
                .toList());
    }

    public static boolean isRestricting(Coding label) {
        return RESTRICTING.contains(text(label));
    }

    /** Each as {@code system|code}. */
    public static Set<String> texts(List<Coding> labels) {
        return labels.stream().map(SensitivityLabels::text).collect(Collectors.toUnmodifiableSet());
    }

    private static String text(Coding label) {
        return label.getSystem() + "|" + label.getCode();
    }
}
