package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MeasureReport;

/** What a MeasureReport tells apart, and the rows of a list, in a form that a recount can be held against. */
final class Strata {

    private Strata() {}

    /** The counts of all strata, whatever the place, by the group and the named values, apart by slashes. */
    static Map<String, List<Long>> of(MeasureReport report, String... names) {
        Map<String, List<Long>> figures = new TreeMap<>();
        report.getGroup()
                .forEach(group -> group.getStratifier().stream()
                        .flatMap(stratifier -> stratifier.getStratum().stream())
                        .forEach(stratum -> {
                            Map<String, String> told = new TreeMap<>();
                            stratum.getComponent()
                                    .forEach(each -> told.put(
                                            each.getCode().getText(),
                                            each.getValue().getText()));
                            List<String> key = new ArrayList<>(List.of(codeOf(group.getCode())));
                            for (String name : names) {
                                key.add(told.get(name));
                            }
                            add(
                                    figures,
                                    String.join("/", key),
                                    stratum.getPopulation().stream()
                                            .map(each -> (long) each.getCount())
                                            .toList());
                        }));
        return figures;
    }

    private static String codeOf(CodeableConcept group) {
        return group.hasCoding() ? group.getCodingFirstRep().getCode() : group.getText();
    }

    static void add(Map<String, List<Long>> figures, String key, List<Long> counts) {
        figures.merge(key, counts, (one, other) -> {
            List<Long> sum = new ArrayList<>();
            for (int column = 0; column < one.size(); column++) {
                sum.add(one.get(column) + other.get(column));
            }
            return sum;
        });
    }

    static long one(boolean counted) {
        return counted ? 1 : 0;
    }

    /** The rows of a CSV, by the names of its columns. */
    static List<Map<String, String>> rows(String csv) {
        List<String> lines = csv.lines().toList();
        String[] names = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    // A comma within quotation marks parts nothing.
                    String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int column = 0; column < names.length; column++) {
                        row.put(names[column], cells[column].replace("\"", ""));
                    }
                    return row;
                })
                .toList();
    }
}
