package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.surveillance.SmallCells.Counted;
import ml.keneya.surveillance.SmallCells.Shown;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The weekly report as CSV without small counts: for each place and disease the total, and by age, by sex and by
 * residence status where that is shown. What is hidden is a star. Everybody gets the same answer, whatever part of it
 * they ask for, and the lines that it has do not depend on who has a case where something is hidden.
 */
@Component
class WritesPublishable {

    private static final String HIDDEN = "*";
    private static final List<String> AMONG_CASES = List.of(WeeklyReport.CONFIRMED, WeeklyReport.DEATHS);
    private static final List<String> STRATA = List.of("age_group", "sex", "residence_status");

    private final Places places;
    private final Map<String, List<String>> values;

    WritesPublishable(Places places, ConformancePackages packages) {
        this.places = places;
        Stream<String> residences = packages.terminology().resources().stream()
                .filter(each -> (Canonicals.BASE + "/CodeSystem/ml-residence-status").equals(each.getUrl()))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .map(ConceptDefinitionComponent::getCode);
        this.values = Map.of(
                "age_group", List.of("0-11m", "1-4y", "5-14y", "15y+", "unknown"),
                "sex", List.of("female", "male", "other", "unknown"),
                "residence_status",
                        Stream.concat(residences, Stream.of("unknown")).toList());
    }

    /** @param finest the cases of the whole country by the smallest place that is known */
    String write(WeeklyReport report, Figures finest) {
        Map<String, List<Figure>> cases = finest.rows().stream().collect(Collectors.groupingBy(Figure::group));
        Map<String, String> above = places.above(Place.BEFORE_REFORM);
        Set<String> diseases = new TreeSet<>(report.diseases());
        diseases.addAll(cases.keySet());
        Map<String, Map<String, Shown>> shown = new HashMap<>();
        for (String disease : diseases) {
            Counted country =
                    new CountsByPlace(cases.getOrDefault(disease, List.of()), values, AMONG_CASES, above).country();
            shown.put(disease, SmallCells.of(country));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> header =
                new ArrayList<>(List.of("week", "division", "place", "place_name", "disease", "state"));
        header.addAll(STRATA);
        header.add(WeeklyReport.SUSPECTED);
        header.addAll(AMONG_CASES);
        header.addAll(WeeklyReport.REPORTS);
        header.add("version");
        header.add(WeeklyReport.UNEXPECTED);
        rows.add(header);
        Lines lines = new Lines(report, places.names(report.scope().place().division()), rows);
        for (String place : places.below(report.scope())) {
            diseases.forEach(disease -> lines.write(
                    place, disease, shown.getOrDefault(disease, Map.of()).getOrDefault(place, Shown.NOTHING)));
        }
        return CsvText.of(rows);
    }

    private record Lines(WeeklyReport report, Map<String, String> names, List<List<@Nullable String>> rows) {

        void write(String place, String disease, Shown shown) {
            State state = state(place, shown);
            if (state == State.SILENT) {
                if (report.scope().level() == null || report.found().reporting().containsKey(place)) {
                    add(place, disease, state, Map.of(), Stream.of(null, null, null));
                }
                return;
            }
            add(
                    place,
                    disease,
                    state,
                    Map.of(),
                    Stream.concat(
                            Stream.of(text(shown.total())),
                            AMONG_CASES.stream().map(name -> text(among(shown, name)))));
            if (state == State.COUNTED) {
                STRATA.forEach(stratum -> write(place, disease, shown, stratum));
            }
        }

        private void write(String place, String disease, Shown shown, String stratum) {
            // A breakdown of a breakdown is shown only where there is nothing to break down.
            List<String> broken = AMONG_CASES.stream()
                    .map(name -> among(shown, name).equals(OptionalLong.of(0)) ? "0" : HIDDEN)
                    .toList();
            shown.breakdowns().getOrDefault(stratum, Map.of()).forEach((value, count) -> {
                if (count.equals(OptionalLong.of(0))) {
                    return;
                }
                add(
                        place,
                        disease,
                        State.COUNTED,
                        Map.of(stratum, value),
                        Stream.concat(Stream.of(text(count)), broken.stream()));
            });
        }

        private State state(String place, Shown shown) {
            if (shown.total().isEmpty()) {
                return State.HIDDEN;
            }
            if (shown.total().getAsLong() > 0) {
                return State.COUNTED;
            }
            return report.reports("received_reports", place) > 0 ? State.ZERO : State.SILENT;
        }

        private void add(
                String place,
                String disease,
                State state,
                Map<String, String> strata,
                Stream<@Nullable String> counts) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(report.week().toString());
            row.add(report.scope().place().division());
            row.add(place);
            row.add(names.get(place));
            row.add(disease);
            row.add(state.name().toLowerCase(Locale.ROOT));
            STRATA.forEach(stratum -> row.add(strata.get(stratum)));
            counts.forEach(row::add);
            WeeklyReport.ofThoseOwed(column -> report.reports(column, place))
                    .forEach(count -> row.add(Long.toString(count)));
            row.add(Integer.toString(report.version()));
            row.add(Long.toString(report.reports(WeeklyReport.UNEXPECTED, place)));
            rows.add(row);
        }
    }

    /** How much of a place is told of a disease. */
    private enum State {
        COUNTED,
        /** A site there has handed in its report, and there is no case. */
        ZERO,
        /** No case is known, and nobody there has reported. */
        SILENT,
        /** There may be some or none. */
        HIDDEN
    }

    private static OptionalLong among(Shown shown, String name) {
        if (shown.total().equals(OptionalLong.of(0))) {
            return OptionalLong.of(0);
        }
        return shown.breakdowns().getOrDefault(name, Map.of()).getOrDefault(CountsByPlace.YES, OptionalLong.empty());
    }

    private static String text(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : HIDDEN;
    }
}
