package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.surveillance.SmallCells.Counted;

/** Sums one column of figures, which are by the smallest place that is known, up to the country. */
final class CountsByPlace {

    private final String column;
    private final Map<String, List<Figure>> byPlace;
    private final Map<String, List<String>> parts;

    /**
     * @param figures all of one group; a place that is not below the country counts in it without a place
     * @param above for each place the next larger one
     */
    CountsByPlace(List<Figure> figures, String column, Map<String, String> above) {
        this.column = column;
        this.byPlace = figures.stream()
                .collect(Collectors.groupingBy(
                        figure -> above.containsKey(figure.place()) ? figure.place() : Place.COUNTRY));
        this.parts = new TreeMap<>();
        above.forEach((part, whole) ->
                parts.computeIfAbsent(whole, place -> new ArrayList<>()).add(part));
    }

    Counted country() {
        return counted(Place.COUNTRY);
    }

    private Counted counted(String place) {
        List<Counted> below = parts.getOrDefault(place, List.of()).stream()
                .map(this::counted)
                .filter(part -> part.total() > 0)
                .collect(Collectors.toCollection(ArrayList::new));
        Counted own = own(below.isEmpty() ? place : "", byPlace.getOrDefault(place, List.of()));
        if (below.isEmpty()) {
            return own;
        }
        if (own.total() > 0) {
            below.add(own);
        }
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        for (Counted part : below) {
            part.breakdowns()
                    .forEach((name, counts) -> counts.forEach((value, count) -> breakdowns
                            .computeIfAbsent(name, each -> new TreeMap<>())
                            .merge(value, count, Long::sum)));
        }
        return new Counted(place, below.stream().mapToLong(Counted::total).sum(), breakdowns, below);
    }

    private Counted own(String place, List<Figure> figures) {
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        for (Figure figure : figures) {
            figure.strata()
                    .forEach((name, value) -> breakdowns
                            .computeIfAbsent(name, each -> new TreeMap<>())
                            .merge(value, figure.count(column), Long::sum));
        }
        return new Counted(
                place,
                figures.stream().mapToLong(figure -> figure.count(column)).sum(),
                breakdowns,
                List.of());
    }
}
