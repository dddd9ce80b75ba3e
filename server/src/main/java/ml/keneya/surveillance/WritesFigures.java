package ml.keneya.surveillance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The figures of any indicator as CSV, as JSON for DHIS2 and as ADX. */
@Component
class WritesFigures {

    private final Clock clock = Clock.systemUTC();
    private final Places places;
    private final MakesReports reports;

    WritesFigures(Places places, MakesReports reports) {
        this.places = places;
        this.reports = reports;
    }

    /** Refuses before anything is counted. */
    String write(Indicator indicator, Scope scope, ReportFormat format) {
        ReportPeriod period = ReportPeriod.of(scope);
        return switch (format) {
            case CSV -> csv(indicator, scope);
            case DHIS2 -> {
                DataSet set = dataSet(indicator, scope);
                String named = period.inDhis2()
                        .orElseThrow(() -> new RefusedException(Refusal.of(
                                RefusalCode.NO_PERIOD_OF_DHIS2,
                                scope.start().toString(),
                                scope.end().toString())));
                yield new DataValues(set.code(), period, values(indicator, set, scope)).inDhis2(named);
            }
            case ADX -> {
                DataSet set = dataSet(indicator, scope);
                yield new DataValues(set.code(), period, values(indicator, set, scope)).inAdx(clock.instant());
            }
        };
    }

    private String csv(Indicator indicator, Scope scope) {
        Figures figures = reports.figures(indicator, scope);
        Map<String, String> names = places.names(scope.place().division());
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> header = new ArrayList<>(
                List.of("measure", "period_start", "period_end", "division", "place", "place_name", "group"));
        header.addAll(figures.strata());
        header.addAll(figures.columns());
        rows.add(header);
        for (Figure figure : figures.rows()) {
            Set<String> counted = indicator.countsOf(figure.group(), figures.columns());
            List<@Nullable String> row = new ArrayList<>();
            row.add(indicator.id());
            row.add(scope.start().toString());
            row.add(scope.end().toString());
            row.add(scope.place().division());
            row.add(figure.place());
            row.add(names.get(figure.place()));
            row.add(figure.group());
            figures.strata().forEach(stratum -> row.add(figure.strata().get(stratum)));
            figures.columns()
                    .forEach(column -> row.add(counted.contains(column) ? Long.toString(figure.count(column)) : null));
            rows.add(row);
        }
        return CsvText.of(rows);
    }

    /**
     * DHIS2 keeps one value for a facility, and takes what comes last for the whole: who lives in one region, of those
     * whom the facility saw, is no value of the facility.
     */
    private static DataSet dataSet(Indicator indicator, Scope scope) {
        DataSet set = indicator.dataSet();
        if (set == null) {
            throw new RefusedException(Refusal.of(RefusalCode.NO_DATA_ELEMENTS, indicator.id()));
        }
        boolean isPart = "facility".equals(scope.level())
                && !scope.place().division().equals("health")
                && !scope.place().code().equals(Place.COUNTRY);
        if (isPart) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.PART_OF_A_FACILITY, scope.place().code()));
        }
        return set;
    }

    /**
     * By place and data element. Where a group has any figure, its other elements are zero there, and where sites
     * reported their cases those of all groups; elsewhere nobody said anything, and nothing is sent.
     */
    private List<DataValues.Value> values(Indicator indicator, DataSet set, Scope scope) {
        Map<String, Map<String, List<Figure>>> counted = reports.figures(indicator, scope).rows().stream()
                .collect(Collectors.groupingBy(
                        Figure::place, TreeMap::new, Collectors.groupingBy(Figure::group, Collectors.toList())));
        Set<String> reported = reports.placesThatReported(indicator, scope);
        reported.forEach(place -> counted.computeIfAbsent(place, nothing -> Map.of()));
        // What lies in no place of the level has no organisation unit to be sent for.
        counted.remove("");
        List<DataValues.Value> values = new ArrayList<>();
        counted.forEach((place, groups) -> {
            // Several figures may have one element, and are then one value.
            Map<String, Long> sums = new LinkedHashMap<>();
            for (Correspondence element : set.elements()) {
                List<Figure> here = groups.get(element.group());
                if (here != null && element.isTold(here)) {
                    sums.merge(element.dataElement(), element.sum(here), Long::sum);
                } else if (here == null && reported.contains(place)) {
                    sums.merge(element.dataElement(), 0L, Long::sum);
                }
            }
            sums.forEach((element, sum) -> values.add(new DataValues.Value(place, element, sum)));
        });
        return values;
    }
}
