package ml.keneya.surveillance;

import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.stereotype.Component;

/** Makes reports of the figures, and knows from the sites' own reports whether none means zero. */
@Component
class MakesReports {

    private static final String WEEKLY = "ml-idsr-weekly";
    private static final String COMPLETENESS = "ml-idsr-completeness";

    private final Indicators indicators;
    private final CountsFigures counts;
    private final WritesMeasureReports writes;
    private final Places places;

    MakesReports(Indicators indicators, CountsFigures counts, WritesMeasureReports writes, Places places) {
        this.indicators = indicators;
        this.counts = counts;
        this.writes = writes;
        this.places = places;
    }

    MeasureReport evaluate(Indicator indicator, Scope scope) {
        Figures figures = counts.count(indicator, scope);
        String name = places.names(scope.place().division()).get(scope.place().code());
        return writes.write(
                indicator, scope, Places.reference(scope.place(), name), figures, declared(indicator, scope));
    }

    /** Completeness is known even where nobody has reported: it is zero then. */
    private boolean declared(Indicator indicator, Scope scope) {
        return indicator.id().equals(COMPLETENESS)
                || counts.count(indicators.get(COMPLETENESS), scope).total("received_reports") > 0;
    }

    WeeklyReport weekly(EpidemiologicalWeek week, Scope scope) {
        Indicator weekly = indicators.get(WEEKLY);
        return new WeeklyReport(
                week,
                scope,
                weekly.measure().getGroup().stream()
                        .map(WritesMeasureReports::codeOf)
                        .collect(Collectors.toSet()),
                counts.count(weekly, scope),
                counts.count(indicators.get(COMPLETENESS), scope));
    }
}
