package ml.keneya.surveillance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.jspecify.annotations.Nullable;

/**
 * Something that is counted: a folder of {@code ml.keneya.indicators}.
 *
 * @param measure says in words what is counted, and which column of the statement holds which population
 * @param sql the figures: {@code group_code} and {@code place}, other texts (by which figures are told apart), numbers
 * @param rates a list of shares, medians and other figures that cannot be summed; not every indicator has one
 * @param dataSet what DHIS2 calls its figures, if anything says so
 */
record Indicator(
        Measure measure,
        String sql,
        @Nullable String rates,
        @Nullable DataSet dataSet) {

    String id() {
        return measure.getIdPart();
    }

    /**
     * The counts that are made of a group: those of its populations, and those that no population tells. A group that
     * the definition does not name has the counts of the first, as in a MeasureReport.
     */
    Set<String> countsOf(String group, Set<String> columns) {
        Set<String> ofOthers = populations(measure.getGroup());
        Set<String> own = populations(measure.getGroup().stream()
                .filter(each -> WritesMeasureReports.codeOf(each).equals(group))
                .findFirst()
                .or(() -> measure.getGroup().stream().findFirst())
                .stream()
                .toList());
        return columns.stream()
                .filter(column -> own.contains(column) || !ofOthers.contains(column))
                .collect(Collectors.toSet());
    }

    private static Set<String> populations(List<MeasureGroupComponent> groups) {
        return groups.stream()
                .flatMap(group -> group.getPopulation().stream())
                .map(population -> population.getCriteria().getExpression())
                .collect(Collectors.toSet());
    }
}
