package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The weekly report of a place, or of each place of a level below it.
 *
 * @param diseases that must be reported even when there is no case
 */
record WeeklyReport(EpidemiologicalWeek week, Scope scope, Set<String> diseases, Figures cases, Figures reporting) {

    static final String SUSPECTED = "suspected_cases";
    static final String CONFIRMED = "confirmed_cases";
    static final String DEATHS = "deaths";

    /** What is known of a disease in a place. */
    enum State {
        COUNTED,
        /** A site there has handed in its report, and there is no case. */
        ZERO,
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
        Map<String, Map<String, List<Figure>>> counted = cases.rows().stream()
                .collect(Collectors.groupingBy(
                        Figure::place,
                        TreeMap::new,
                        Collectors.groupingBy(Figure::group, TreeMap::new, Collectors.toList())));
        Set<String> places = new TreeSet<>(counted.keySet());
        reporting.rows().forEach(row -> places.add(row.place()));
        if (scope.level() == null) {
            places.add(scope.place().code());
        }
        List<Cell> cells = new ArrayList<>();
        for (String place : places) {
            Map<String, List<Figure>> here = counted.getOrDefault(place, Map.of());
            Set<String> told = new TreeSet<>(diseases);
            told.addAll(here.keySet());
            State otherwise = reports("received_reports", place) > 0 ? State.ZERO : State.SILENT;
            for (String disease : told) {
                List<Figure> figures = here.getOrDefault(disease, List.of());
                cells.add(new Cell(place, disease, figures.isEmpty() ? otherwise : State.COUNTED, figures));
            }
        }
        return cells;
    }

    long reports(String column, String place) {
        return reporting.rows().stream()
                .filter(row -> row.place().equals(place))
                .mapToLong(row -> row.count(column))
                .sum();
    }
}
