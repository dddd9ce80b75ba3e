package ml.keneya.surveillance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    WritesFigures(Places places) {
        this.places = places;
    }

    String write(Indicator indicator, Scope scope, Figures figures, WeeklyFormat format) {
        return switch (format) {
            case CSV -> csv(indicator, scope, figures);
            case DHIS2 -> dhis2(values(indicator, scope, figures));
            case ADX -> values(indicator, scope, figures).inAdx(clock.instant());
        };
    }

    private String csv(Indicator indicator, Scope scope, Figures figures) {
        Map<String, String> names = places.names(scope.place().division());
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> header = new ArrayList<>(
                List.of("measure", "period_start", "period_end", "division", "place", "place_name", "group"));
        header.addAll(figures.strata());
        header.addAll(figures.columns());
        rows.add(header);
        for (Figure figure : figures.rows()) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(indicator.id());
            row.add(scope.start().toString());
            row.add(scope.end().toString());
            row.add(scope.place().division());
            row.add(figure.place());
            row.add(names.get(figure.place()));
            row.add(figure.group());
            figures.strata().forEach(stratum -> row.add(figure.strata().get(stratum)));
            figures.columns().forEach(column -> row.add(Long.toString(figure.count(column))));
            rows.add(row);
        }
        return CsvText.of(rows);
    }

    private static String dhis2(DataValues values) {
        return values.inDhis2(values.period()
                .inDhis2()
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.NO_PERIOD_OF_DHIS2,
                        values.period().start().toString(),
                        values.period().end().toString()))));
    }

    /**
     * By place and data element. Where a group has any figure, its other elements are zero there; where it has none
     * nobody recorded anything, and nothing is sent.
     */
    private static DataValues values(Indicator indicator, Scope scope, Figures figures) {
        if (indicator.dataElements().isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.NO_DATA_ELEMENTS, indicator.id()));
        }
        Map<String, Map<String, List<Figure>>> counted = figures.rows().stream()
                // What lies in no place of the level has no organisation unit to be sent for.
                .filter(figure -> !figure.place().isEmpty())
                .collect(Collectors.groupingBy(
                        Figure::place, TreeMap::new, Collectors.groupingBy(Figure::group, Collectors.toList())));
        List<DataValues.Value> values = new ArrayList<>();
        counted.forEach((place, groups) -> {
            // Several figures may have one element, and are then one value.
            Map<String, Long> sums = new LinkedHashMap<>();
            for (Correspondence element : indicator.dataElements()) {
                List<Figure> here = groups.get(element.group());
                if (here != null) {
                    sums.merge(element.dataElement(), sum(here, element), Long::sum);
                }
            }
            sums.forEach((element, sum) -> values.add(new DataValues.Value(place, element, sum)));
        });
        String dataSet = indicator.id().toUpperCase(Locale.ROOT).replace('-', '_');
        return new DataValues(dataSet, ReportPeriod.of(scope), values);
    }

    private static long sum(List<Figure> figures, Correspondence element) {
        return figures.stream()
                .filter(element::isPartOf)
                .mapToLong(figure -> figure.count(element.count()))
                .sum();
    }
}
