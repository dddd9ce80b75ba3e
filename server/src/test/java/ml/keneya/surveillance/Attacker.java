package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Somebody who has fetched every line that is published of a disease in a week, and works out what is hidden: by all
 * sums (places, ages, sexes, residence status, the confirmed and the dead among the cases), by signs, and by solving
 * the sums together. Nothing of this is taken from the exchange but its lines and the public division of the country.
 */
final class Attacker {

    static final String CASES = "cases";
    private static final List<String> AMONG = List.of("confirmed_cases", "deaths");
    private static final long MANY = 1_000_000;
    private static final long PRIME = 1_000_000_007;

    private final Map<String, List<String>> parts = new TreeMap<>();
    private final Map<String, List<String>> values;
    private final Map<String, Map<String, Long>> told = new HashMap<>();
    private final Map<String, long[]> bounds = new HashMap<>();
    private final List<Sum> sums = new ArrayList<>();
    private final boolean countryHidden;
    /** Figures that follow from all sums together, and perhaps from none alone. */
    private final Set<String> settled = new HashSet<>();

    /** A figure that others come to. */
    private record Sum(String whole, List<String> parts) {}

    /**
     * @param above for each place the next larger one
     * @param values of each column by which lines are broken down, all there are
     * @param lines of the disease, of all levels
     */
    Attacker(Map<String, String> above, Map<String, List<String>> values, List<Map<String, String>> lines) {
        this.values = values;
        above.forEach((part, whole) ->
                parts.computeIfAbsent(whole, place -> new ArrayList<>()).add(part));
        Map<String, List<Map<String, String>>> byPlace = new HashMap<>();
        lines.forEach(line -> byPlace.computeIfAbsent(line.get("place"), place -> new ArrayList<>())
                .add(line));
        countryHidden = byPlace.getOrDefault(Place.COUNTRY, List.of()).stream()
                .anyMatch(line -> line.get("state").equals("hidden"));
        learn(Place.COUNTRY, byPlace);
        solve();
    }

    /** The name of a figure: of a place, or of what lies in a place and in none of its parts. */
    static String name(String place, String figure) {
        return place + "#" + figure;
    }

    static String unplaced(String place) {
        return place + "/";
    }

    private void learn(String place, Map<String, List<Map<String, String>>> byPlace) {
        Map<String, Long> known = told.computeIfAbsent(place, each -> known(byPlace.getOrDefault(each, List.of())));
        note(place, known);
        List<String> below = parts.getOrDefault(place, List.of());
        if (below.isEmpty() || known.getOrDefault(CASES, -1L) <= 0) {
            // Nothing is told below what is hidden, and nobody is where nobody is.
            return;
        }
        below.forEach(part -> learn(part, byPlace));
        note(unplaced(place), Map.of());
        for (String figure : figures()) {
            List<String> those = new ArrayList<>(
                    below.stream().map(part -> name(part, figure)).toList());
            those.add(name(unplaced(place), figure));
            sums.add(new Sum(name(place, figure), those));
        }
    }

    private List<String> figures() {
        List<String> figures = new ArrayList<>(List.of(CASES));
        breakdowns().values().forEach(figures::addAll);
        return figures;
    }

    private Map<String, List<String>> breakdowns() {
        Map<String, List<String>> all = new TreeMap<>();
        values.forEach((column, each) ->
                all.put(column, each.stream().map(value -> column + "=" + value).toList()));
        AMONG.forEach(column -> all.put(column, List.of(column, "not " + column)));
        return all;
    }

    private void note(String place, Map<String, Long> known) {
        for (String figure : figures()) {
            Long count = known.get(figure);
            bounds.put(
                    name(place, figure),
                    count != null
                            ? new long[] {count, count}
                            : place.equals(Place.COUNTRY) && countryHidden && figure.equals(CASES)
                                    // A country is hidden only where it is small.
                                    ? new long[] {1, 4}
                                    : new long[] {0, MANY});
        }
        breakdowns()
                .values()
                .forEach(figures -> sums.add(new Sum(
                        name(place, CASES),
                        figures.stream().map(figure -> name(place, figure)).toList())));
    }

    /** What the lines of a place say. Without a line nobody is known there. */
    private Map<String, Long> known(List<Map<String, String>> lines) {
        Map<String, Long> known = new HashMap<>();
        if (lines.isEmpty()
                || !List.of("hidden", "counted").contains(lines.get(0).get("state"))) {
            figures().forEach(figure -> known.put(figure, 0L));
            return known;
        }
        for (Map<String, String> line : lines) {
            Optional<String> column = values.keySet().stream()
                    .filter(each -> !line.get(each).isEmpty())
                    .findFirst();
            if (column.isEmpty()) {
                read(line, "suspected_cases").ifPresent(count -> known.put(CASES, count));
                AMONG.forEach(each -> read(line, each).ifPresent(count -> known.put(each, count)));
            } else {
                // A value that has no line in a breakdown that is shown has nobody.
                values.get(column.get()).forEach(value -> known.putIfAbsent(column.get() + "=" + value, 0L));
                String figure = column.get() + "=" + line.get(column.get());
                read(line, "suspected_cases")
                        .ifPresentOrElse(count -> known.put(figure, count), () -> known.put(figure, -1L));
            }
        }
        known.values().removeIf(count -> count < 0);
        return known;
    }

    private static Optional<Long> read(Map<String, String> line, String column) {
        String text = line.get(column);
        return text.equals("*") ? Optional.empty() : Optional.of(Long.valueOf(text));
    }

    private void solve() {
        boolean narrower = true;
        while (narrower) {
            narrower = narrowOnce();
        }
        settled.addAll(determined());
    }

    private boolean narrowOnce() {
        boolean narrower = false;
        for (Sum sum : sums) {
            long least = 0;
            long most = 0;
            for (String part : sum.parts()) {
                least += bounds.get(part)[0];
                most += bounds.get(part)[1];
            }
            long[] whole = bounds.get(sum.whole());
            narrower |= set(whole, least, most);
            for (String each : sum.parts()) {
                long[] part = bounds.get(each);
                narrower |= set(part, whole[0] - (most - part[1]), whole[1] - (least - part[0]));
            }
        }
        return narrower;
    }

    private static boolean set(long[] bounds, long least, long most) {
        boolean narrower = least > bounds[0] || most < bounds[1];
        bounds[0] = Math.max(bounds[0], least);
        bounds[1] = Math.min(bounds[1], most);
        return narrower;
    }

    /** The figures not known yet that follow from all sums together, by elimination in a finite field. */
    private Set<String> determined() {
        List<Map<String, Long>> rows = new ArrayList<>();
        for (Sum sum : sums) {
            Map<String, Long> row = new HashMap<>();
            add(row, sum.whole(), 1);
            sum.parts().forEach(part -> add(row, part, PRIME - 1));
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        List<Map<String, Long>> solved = new ArrayList<>();
        while (!rows.isEmpty()) {
            int next = 0;
            for (int index = 1; index < rows.size(); index++) {
                next = rows.get(index).size() < rows.get(next).size() ? index : next;
            }
            Map<String, Long> shortest = rows.remove(next);
            if (shortest.isEmpty()) {
                continue;
            }
            String pivot = shortest.keySet().iterator().next();
            long inverse = power(shortest.get(pivot), PRIME - 2);
            shortest.replaceAll((figure, factor) -> factor * inverse % PRIME);
            rows.forEach(row -> without(row, pivot, shortest));
            solved.forEach(row -> without(row, pivot, shortest));
            solved.add(shortest);
        }
        Set<String> found = new HashSet<>();
        solved.stream().filter(row -> row.size() == 1).forEach(row -> found.addAll(row.keySet()));
        return found;
    }

    private void add(Map<String, Long> row, String figure, long factor) {
        long[] between = bounds.get(figure);
        if (between[0] != between[1]) {
            row.merge(figure, factor, (one, other) -> (one + other) % PRIME);
            row.values().removeIf(each -> each == 0);
        }
    }

    private static void without(Map<String, Long> row, String pivot, Map<String, Long> by) {
        Long factor = row.get(pivot);
        if (factor != null) {
            by.forEach((figure, each) ->
                    row.merge(figure, (PRIME - factor * each % PRIME) % PRIME, (one, other) -> (one + other) % PRIME));
            row.values().removeIf(each -> each == 0);
        }
    }

    private static long power(long base, long exponent) {
        long result = 1;
        for (long left = exponent, square = base % PRIME; left > 0; left >>= 1, square = square * square % PRIME) {
            result = (left & 1) == 1 ? result * square % PRIME : result;
        }
        return result;
    }

    /** Between what a figure lies; nothing for those of which nothing is told because they lie in what is hidden. */
    Optional<long[]> between(String figure) {
        return Optional.ofNullable(bounds.get(figure));
    }

    /** Whether a figure is known for certain. */
    boolean knows(String figure) {
        return settled.contains(figure)
                || between(figure).map(each -> each[0] == each[1]).orElse(false);
    }
}
