package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The weekly report of a place, or of each place of a level below it.
 *
 * @param version of the figures of the week
 * @param diseases that must be reported even when there is no case
 */
record WeeklyReport(int version, Scope scope, Set<String> diseases, Found found) {

    /**
     * What was counted.
     *
     * @param reporting the sites' own reports, by place
     * @param told what any version of the week has had cases of
     */
    record Found(Figures cases, Map<String, Figure> reporting, Figures told) {}

    static final String SUSPECTED = "suspected_cases";
    static final String CONFIRMED = "confirmed_cases";
    static final String DEATHS = "deaths";

    /** What is known of a disease in a place. */
    enum State {
        COUNTED,
        /** A site there has handed in its report, and there is no case. */
        ZERO,
        /** There was a case in an earlier version, and there is none now. */
        WITHDRAWN,
        /** Nobody there has said anything, which does not mean that there is no case. */
        SILENT
    }

    /**
     * A disease in a place.
     *
     * @param figures by age, sex and residence status; none unless the state is counted
     */
    record Cell(String place, String disease, State state, List<Figure> figures) {

        long total(String column) {
            return figures.stream().mapToLong(figure -> figure.count(column)).sum();
        }
    }

    WeeklyReport {
        diseases = Set.copyOf(diseases);
    }

    /** All cells, by place and then by disease. */
    List<Cell> cells() {
        Map<String, Map<String, List<Figure>>> counted = found.cases().rows().stream()
                .collect(Collectors.groupingBy(
                        Figure::place,
                        TreeMap::new,
                        Collectors.groupingBy(Figure::group, TreeMap::new, Collectors.toList())));
        Set<String> places = new TreeSet<>(counted.keySet());
        Map<String, Set<String>> told = found.told().rows().stream()
                .collect(Collectors.groupingBy(Figure::place, Collectors.mapping(Figure::group, Collectors.toSet())));
        places.addAll(told.keySet());
        places.addAll(found.reporting().keySet());
        if (scope.level() == null) {
            places.add(scope.place().code());
        }
        List<Cell> cells = new ArrayList<>();
        for (String place : places) {
            Map<String, List<Figure>> here = counted.getOrDefault(place, Map.of());
            Set<String> toldHere = told.getOrDefault(place, Set.of());
            Set<String> named = new TreeSet<>(diseases);
            named.addAll(here.keySet());
            named.addAll(toldHere);
            for (String disease : named) {
                List<Figure> figures = here.getOrDefault(disease, List.of());
                State state = !figures.isEmpty() ? State.COUNTED : without(place, toldHere.contains(disease));
                cells.add(new Cell(place, disease, state, figures));
            }
        }
        return cells;
    }

    private State without(String place, boolean wasTold) {
        if (reports("received_reports", place) > 0) {
            return State.ZERO;
        }
        return wasTold ? State.WITHDRAWN : State.SILENT;
    }

    /** What {@link #ofThoseOwed} tells, and beside it the reports that nobody owed. */
    static final List<String> REPORTS = List.of("expected_reports", "received_reports", "timely_reports");

    static final String UNEXPECTED = "unexpected_reports";

    /**
     * How many reports were owed, how many of these have come, and how many in time: never more than the whole.
     *
     * @param reports gives the count of a column
     */
    static List<Long> ofThoseOwed(ToLongFunction<String> reports) {
        return List.of(
                reports.applyAsLong("expected_reports"),
                reports.applyAsLong("received_reports") - reports.applyAsLong(UNEXPECTED),
                reports.applyAsLong("timely_reports") - reports.applyAsLong("unexpected_timely_reports"));
    }

    EpidemiologicalWeek week() {
        return EpidemiologicalWeek.of(scope.start());
    }

    long reports(String column, String place) {
        Figure here = found.reporting().get(place);
        return here == null ? 0 : here.count(column);
    }
}
