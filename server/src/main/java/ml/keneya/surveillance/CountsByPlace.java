package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.surveillance.SmallCells.Counted;

/**
 * Sums the cases of one disease, which are by the smallest place that is known, up to the country. Every place is
 * there, and every value by which cases are broken down, whether or not there is a case.
 */
final class CountsByPlace {

    /** In a breakdown into the confirmed and the others, or the dead and the others. */
    static final String YES = "yes";

    static final String NO = "no";

    private final Map<String, List<String>> values;
    private final List<String> amongCases;
    private final Map<String, List<Figure>> byPlace;
    private final Map<String, List<String>> parts = new TreeMap<>();

    /** Of most places nothing is told of a disease; they share this. */
    private final Map<String, Map<String, Long>> none;

    /**
     * @param figures all of one disease; a place that is not below the country counts in it without a place
     * @param values of each breakdown all there are
     * @param amongCases columns that count some of the cases; each becomes a breakdown of two values
     * @param above for each place the next larger one
     */
    CountsByPlace(
            List<Figure> figures,
            Map<String, List<String>> values,
            List<String> amongCases,
            Map<String, String> above) {
        this.values = values;
        this.amongCases = amongCases;
        this.byPlace = figures.stream()
                .collect(Collectors.groupingBy(
                        figure -> above.containsKey(figure.place()) ? figure.place() : Place.COUNTRY));
        above.forEach((part, whole) ->
                parts.computeIfAbsent(whole, place -> new ArrayList<>()).add(part));
        this.none = breakdowns(List.of());
    }

    Counted country() {
        return counted(Place.COUNTRY);
    }

    private Counted counted(String place) {
        List<String> names = parts.getOrDefault(place, List.of());
        List<Figure> own = byPlace.getOrDefault(place, List.of());
        if (names.isEmpty()) {
            return own(place, own);
        }
        List<Counted> below = names.stream().map(this::counted).collect(Collectors.toCollection(ArrayList::new));
        below.add(own("", own));
        long total = below.stream().mapToLong(Counted::total).sum();
        if (total == 0) {
            return new Counted(place, 0, none, below);
        }
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        for (Counted part : below) {
            part.breakdowns()
                    .forEach((name, counts) -> counts.forEach((value, count) -> add(breakdowns, name, value, count)));
        }
        return new Counted(place, total, breakdowns, below);
    }

    private Counted own(String place, List<Figure> figures) {
        long total = figures.stream()
                .mapToLong(figure -> figure.count(WeeklyReport.SUSPECTED))
                .sum();
        return new Counted(place, total, figures.isEmpty() ? none : breakdowns(figures), List.of());
    }

    private Map<String, Map<String, Long>> breakdowns(List<Figure> figures) {
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        values.forEach((name, all) -> all.forEach(value -> add(breakdowns, name, value, 0)));
        amongCases.forEach(name -> List.of(YES, NO).forEach(value -> add(breakdowns, name, value, 0)));
        for (Figure figure : figures) {
            long cases = figure.count(WeeklyReport.SUSPECTED);
            values.keySet()
                    .forEach(name -> add(breakdowns, name, figure.strata().getOrDefault(name, "unknown"), cases));
            for (String name : amongCases) {
                add(breakdowns, name, YES, figure.count(name));
                add(breakdowns, name, NO, cases - figure.count(name));
            }
        }
        return breakdowns;
    }

    private static void add(Map<String, Map<String, Long>> breakdowns, String name, String value, long count) {
        breakdowns.computeIfAbsent(name, each -> new TreeMap<>()).merge(value, count, Long::sum);
    }
}
