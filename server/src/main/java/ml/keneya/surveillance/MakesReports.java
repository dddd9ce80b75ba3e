package ml.keneya.surveillance;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.stereotype.Component;

/** Makes reports of the figures, and knows from the sites' own reports whether none means zero. */
@Component
class MakesReports {

    private static final String WEEKLY = "ml-idsr-weekly";
    private static final String COMPLETENESS = "ml-idsr-completeness";
    private static final Set<String> OF_CASES = Set.of(WEEKLY, "ml-idsr-declared");

    private final Indicators indicators;
    private final CountsFigures counts;
    private final WritesMeasureReports writes;
    private final KeepsVersions versions;

    MakesReports(Indicators indicators, CountsFigures counts, WritesMeasureReports writes, KeepsVersions versions) {
        this.indicators = indicators;
        this.counts = counts;
        this.writes = writes;
        this.versions = versions;
    }

    MeasureReport evaluate(Indicator indicator, Scope scope) {
        Optional<EpidemiologicalWeek> week = versioned(indicator, scope);
        return week.isPresent()
                ? versions.keep(week.get(), version -> {
                    MeasureReport report = write(indicator, scope);
                    report.getMeta().setVersionId(Integer.toString(version));
                    return report;
                })
                : write(indicator, scope);
    }

    /** The figures alone. Those of a week of cases are kept as a version, whatever form they are told in. */
    Figures figures(Indicator indicator, Scope scope) {
        Optional<EpidemiologicalWeek> week = versioned(indicator, scope);
        return week.isPresent()
                ? versions.keep(week.get(), version -> counts.count(indicator, scope))
                : counts.count(indicator, scope);
    }

    /**
     * Places of which no figure of the indicator means none: sites there have told of the cases that they had. What
     * else is counted nobody reports beside its records.
     */
    Set<String> placesThatReported(Indicator indicator, Scope scope) {
        return OF_CASES.contains(indicator.id())
                ? counts.count(indicators.get(COMPLETENESS), scope).rows().stream()
                        .filter(figure -> figure.count("received_reports") > 0)
                        .map(Figure::place)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Optional<EpidemiologicalWeek> versioned(Indicator indicator, Scope scope) {
        return indicator.id().equals(WEEKLY) ? scope.week() : Optional.empty();
    }

    private MeasureReport write(Indicator indicator, Scope scope) {
        return writes.write(indicator, scope, counts.count(indicator, scope), declared(indicator, scope));
    }

    /**
     * The groups of which no figure means none: where somebody has reported, and where there was a case that has been
     * withdrawn. Completeness is known even where nobody has reported: it is zero then. The sites' reports are of
     * diseases, and say nothing of doses or of what else is counted.
     */
    private Predicate<String> declared(Indicator indicator, Scope scope) {
        if (indicator.id().equals(COMPLETENESS)) {
            return group -> true;
        }
        if (OF_CASES.contains(indicator.id())
                && counts.count(indicators.get(COMPLETENESS), scope).total("received_reports") > 0) {
            return group -> true;
        }
        if (!indicator.id().equals(WEEKLY) || scope.week().isEmpty()) {
            return group -> false;
        }
        return versions.told(scope).rows().stream().map(Figure::group).collect(Collectors.toSet())::contains;
    }

    WeeklyReport weekly(EpidemiologicalWeek week, Scope scope) {
        return versions.keep(week, version -> report(version, scope));
    }

    /**
     * The report with what is needed to hide small counts.
     *
     * @param finest the cases of the whole country by the smallest place that is known
     */
    record Publishable(WeeklyReport report, Figures finest) {}

    Publishable publishable(EpidemiologicalWeek week, Scope scope) {
        Scope country =
                new Scope(new Place(scope.place().division(), Place.COUNTRY), Place.FINEST, scope.start(), scope.end());
        return versions.keep(
                week,
                version -> new Publishable(report(version, scope), counts.count(indicators.get(WEEKLY), country)));
    }

    private WeeklyReport report(int version, Scope scope) {
        Indicator weekly = indicators.get(WEEKLY);
        return new WeeklyReport(
                version,
                scope,
                weekly.measure().getGroup().stream()
                        .map(WritesMeasureReports::codeOf)
                        .collect(Collectors.toSet()),
                new WeeklyReport.Found(
                        counts.count(weekly, scope),
                        counts.count(indicators.get(COMPLETENESS), scope).byPlace(),
                        versions.told(scope)));
    }
}
