package ml.keneya.surveillance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.springframework.stereotype.Component;

/**
 * Puts figures into a MeasureReport of type summary, as IHE mADX has it: a group a disease, a population a count, and
 * one stratifier whose strata tell place, age, sex and so on apart together, so that every margin can be summed.
 */
@Component
class WritesMeasureReports {

    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private static final String PLACE = "place";

    private final Clock clock = Clock.systemUTC();
    private final Places places;

    WritesMeasureReports(Places places) {
        this.places = places;
    }

    /** @param declared of which groups no figure means none, and not that nobody said anything */
    MeasureReport write(Indicator indicator, Scope scope, Figures figures, Predicate<String> declared) {
        MeasureReport report = new MeasureReport();
        report.setStatus(MeasureReportStatus.COMPLETE);
        report.setType(MeasureReportType.SUMMARY);
        report.setMeasure(
                indicator.measure().getUrl() + "|" + indicator.measure().getVersion());
        report.setSubject(Places.reference(
                scope.place(),
                places.names(scope.place().division()).get(scope.place().code())));
        report.setDateElement(new DateTimeType(clock.instant().toString()));
        report.getPeriod()
                .setStartElement(new DateTimeType(scope.start().toString()))
                .setEndElement(new DateTimeType(scope.end().toString()));
        Map<String, List<Figure>> byGroup = new LinkedHashMap<>();
        indicator.measure().getGroup().forEach(group -> byGroup.put(codeOf(group), new ArrayList<>()));
        figures.rows()
                .forEach(figure -> byGroup.computeIfAbsent(figure.group(), code -> new ArrayList<>())
                        .add(figure));
        byGroup.forEach((code, ofGroup) -> report.addGroup(group(
                indicator,
                code,
                new Figures(figures.strata(), figures.columns(), ofGroup),
                declared.test(code),
                scope)));
        return report;
    }

    static String codeOf(MeasureGroupComponent group) {
        return group.getCode().hasCoding()
                ? group.getCode().getCodingFirstRep().getCode()
                : group.getCode().getText();
    }

    private static MeasureReportGroupComponent group(
            Indicator indicator, String code, Figures figures, boolean declared, Scope scope) {
        // A group that the definition does not name is reported by the populations of the others, and never dropped.
        Optional<MeasureGroupComponent> defined = indicator.measure().getGroup().stream()
                .filter(group -> codeOf(group).equals(code))
                .findFirst();
        MeasureReportGroupComponent group = new MeasureReportGroupComponent();
        group.setCode(defined.map(found -> found.getCode().copy())
                .orElseGet(() -> new CodeableConcept(new Coding(
                        indicator
                                .measure()
                                .getGroupFirstRep()
                                .getCode()
                                .getCodingFirstRep()
                                .getSystem(),
                        code,
                        null))));
        List<MeasureGroupPopulationComponent> populations =
                defined.orElse(indicator.measure().getGroupFirstRep()).getPopulation();
        for (MeasureGroupPopulationComponent population : populations) {
            String column = population.getCriteria().getExpression();
            group.addPopulation()
                    .setCode(population.getCode().copy())
                    .setCountElement(
                            total(column, figures, declared || !figures.rows().isEmpty()));
        }
        stratify(group, populations, figures.rows(), scope);
        return group;
    }

    private static IntegerType total(String column, Figures figures, boolean declared) {
        if (!figures.columns().contains(column)) {
            return absent("unsupported");
        }
        return declared ? new IntegerType(Math.toIntExact(figures.total(column))) : absent("unknown");
    }

    private static IntegerType absent(String reason) {
        IntegerType count = new IntegerType();
        count.addExtension(ABSENT, new CodeType(reason));
        return count;
    }

    private static void stratify(
            MeasureReportGroupComponent group,
            List<MeasureGroupPopulationComponent> populations,
            List<Figure> figures,
            Scope scope) {
        Predicate<Figure> toldApart = figure -> !figure.strata().isEmpty() || scope.level() != null;
        if (figures.stream().noneMatch(toldApart)) {
            return;
        }
        MeasureReportGroupStratifierComponent stratifier = group.addStratifier();
        for (Figure figure : figures) {
            StratifierGroupComponent stratum = stratifier.addStratum();
            if (scope.level() != null) {
                component(stratum, PLACE, figure.place().isEmpty() ? "unknown" : figure.place());
            }
            figure.strata().forEach((name, value) -> component(stratum, name, value));
            populations.stream()
                    .filter(population ->
                            figure.counts().containsKey(population.getCriteria().getExpression()))
                    .forEach(population -> stratum.addPopulation()
                            .setCode(population.getCode().copy())
                            .setCount(Math.toIntExact(
                                    figure.count(population.getCriteria().getExpression()))));
        }
    }

    private static void component(StratifierGroupComponent stratum, String name, String value) {
        stratum.addComponent()
                .setCode(new CodeableConcept().setText(name))
                .setValue(new CodeableConcept().setText(value));
    }
}
