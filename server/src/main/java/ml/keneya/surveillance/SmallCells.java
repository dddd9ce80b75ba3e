package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hides counts from 1 to 4, because one may recognise who they are, and as many others as are needed for nobody to
 * narrow them down by what is shown: neither by sums, nor because a count is not negative, nor because the confirmed
 * and the dead are among the cases. Nothing is searched for: it is built so that it holds.
 *
 * <ul>
 *   <li>Where a part of a place is small, all its parts from 0 to 4 are hidden alike, so that nothing says which of
 *       them has anybody, and others beside them if the sum of what is hidden would say too much. Of a place that is
 *       hidden nothing else is shown, nor of its parts.
 *   <li>The confirmed are told as a breakdown into the confirmed and the others, and the dead likewise. A breakdown of
 *       the parts of a place is a table whose margins are known. It is shown for all parts that are shown themselves,
 *       or for none: then each count in it may be any of six numbers or more (the bounds of Fréchet for a table whose
 *       margins are five or more, or nothing).
 *   <li>No breakdown of a breakdown is shown, because bounds of tables of three dimensions do not follow from sums.
 * </ul>
 */
final class SmallCells {

    /** The smallest count that tells of nobody. */
    static final int LEAST = 5;

    /** Others that are hidden beside the small ones, if any are needed. */
    private static final int LEAST_OTHERS = 2;

    private final Map<String, Shown> shown = new TreeMap<>();

    private SmallCells() {}

    /**
     * A place with what was counted in it.
     *
     * @param place empty for what lies in a place and in none of its parts
     * @param breakdowns by name; each has all values there are, whether or not they were found, and comes to the total
     * @param parts all there are, whether or not anything was counted in them; they come to the total
     */
    record Counted(String place, long total, Map<String, Map<String, Long>> breakdowns, List<Counted> parts) {

        private Map<String, Long> breakdown(String name) {
            return breakdowns.getOrDefault(name, Map.of());
        }

        private boolean isUnplaced() {
            return place.isEmpty();
        }
    }

    /**
     * What of a place is shown.
     *
     * @param total absent when it is hidden
     * @param breakdowns those that are shown; values that are hidden in them are absent
     */
    record Shown(OptionalLong total, Map<String, Map<String, OptionalLong>> breakdowns) {

        static final Shown NOTHING = new Shown(OptionalLong.empty(), Map.of());
    }

    /** @return what is shown of each place that has a name */
    static Map<String, Shown> of(Counted whole) {
        SmallCells cells = new SmallCells();
        if (isSmall(whole.total())) {
            cells.hide(whole);
            return cells.shown;
        }
        Map<String, Map<String, OptionalLong>> breakdowns = new TreeMap<>();
        whole.breakdowns().forEach((name, counts) -> breakdowns.put(name, withoutSmall(counts)));
        cells.show(whole, breakdowns);
        return cells.shown;
    }

    private static Map<String, OptionalLong> withoutSmall(Map<String, Long> counts) {
        List<String> values = List.copyOf(counts.keySet());
        Set<Integer> hidden = hiddenTotals(List.copyOf(counts.values()));
        Map<String, OptionalLong> told = asTheyAre(counts);
        hidden.forEach(index -> told.put(values.get(index), OptionalLong.empty()));
        return told;
    }

    private void show(Counted place, Map<String, Map<String, OptionalLong>> breakdowns) {
        if (place.total() == 0) {
            showZeros(place, new Shown(OptionalLong.of(0), breakdowns));
            return;
        }
        shown.put(place.place(), new Shown(OptionalLong.of(place.total()), breakdowns));
        List<Counted> parts = place.parts();
        Set<Integer> hidden = hiddenParts(parts);
        List<String> lines = breakdowns.keySet().stream()
                .filter(name -> breakdowns.getOrDefault(name, Map.of()).values().stream()
                        .allMatch(OptionalLong::isPresent))
                .filter(name -> mayShowLines(name, place, hidden))
                .toList();
        for (int index = 0; index < parts.size(); index++) {
            Counted part = parts.get(index);
            if (hidden.contains(index)) {
                hide(part);
            } else if (!part.isUnplaced()) {
                Map<String, Map<String, OptionalLong>> ofPart = new TreeMap<>();
                lines.forEach(name -> ofPart.put(name, asTheyAre(part.breakdown(name))));
                show(part, ofPart);
            }
        }
    }

    /**
     * Where nothing was counted nothing is small, in no part: of most places and diseases there is no more to find out.
     */
    private void showZeros(Counted place, Shown zeros) {
        if (!place.isUnplaced()) {
            shown.put(place.place(), zeros);
        }
        place.parts().forEach(part -> showZeros(part, zeros));
    }

    private static Map<String, OptionalLong> asTheyAre(Map<String, Long> counts) {
        Map<String, OptionalLong> told = new TreeMap<>();
        counts.forEach((value, count) -> told.put(value, OptionalLong.of(count)));
        return told;
    }

    private void hide(Counted place) {
        if (!place.isUnplaced()) {
            shown.put(place.place(), Shown.NOTHING);
        }
        place.parts().forEach(this::hide);
    }

    private static boolean isSmall(long count) {
        return count > 0 && count < LEAST;
    }

    private static Set<Integer> hiddenParts(List<Counted> parts) {
        Set<Integer> hidden = hiddenTotals(parts.stream().map(Counted::total).toList());
        boolean isSomeUnplaced = parts.stream().anyMatch(part -> part.isUnplaced() && part.total() > 0);
        if (hidden.isEmpty() && isSomeUnplaced) {
            // Those that lie nowhere may lie in any of them: a zero would be said of what is not known.
            for (int index = 0; index < parts.size(); index++) {
                if (parts.get(index).total() == 0 || parts.get(index).isUnplaced()) {
                    hidden.add(index);
                }
            }
        }
        return hidden;
    }

    /**
     * Which of several counts that come to a shown sum, itself 0 or at least five, are hidden: those from 0 to 4, if
     * each may be any of these numbers whichever other one is known. Otherwise as many others beside them as are
     * needed, in a fixed order: were the smallest taken, those that remain would say how large they can be.
     */
    private static Set<Integer> hiddenTotals(List<Long> counts) {
        Set<Integer> hidden = new LinkedHashSet<>();
        if (counts.stream().noneMatch(SmallCells::isSmall)) {
            return hidden;
        }
        List<Integer> others = new ArrayList<>();
        for (int index = 0; index < counts.size(); index++) {
            if (counts.get(index) < LEAST) {
                hidden.add(index);
            } else {
                others.add(index);
            }
        }
        long most = LEAST - 1;
        long sum = sum(counts, hidden);
        if (sum >= most + LEAST && sum <= most * (hidden.size() - 2)) {
            return hidden;
        }
        for (long number = 1; number <= others.size(); number++) {
            hidden.add(others.get((int) number - 1));
            // Each of them is five at least, as everybody may suppose.
            long leeway = sum(counts, hidden) - LEAST * number;
            if (number >= LEAST_OTHERS && leeway >= 2 * LEAST) {
                break;
            }
        }
        return hidden;
    }

    private static long sum(List<Long> counts, Set<Integer> some) {
        return some.stream().mapToLong(counts::get).sum();
    }

    /**
     * Whether the lines of a breakdown are shown for those parts of a place that are: for all of them or for none. The
     * line of the place itself is shown, and so holds no small count.
     *
     * @param hidden the parts of which nothing is shown
     */
    private static boolean mayShowLines(String breakdown, Counted place, Set<Integer> hidden) {
        Map<String, Long> ofHidden = new TreeMap<>();
        for (int index = 0; index < place.parts().size(); index++) {
            Map<String, Long> line = place.parts().get(index).breakdown(breakdown);
            if (hidden.contains(index)) {
                line.forEach((value, count) -> ofHidden.merge(value, count, Long::sum));
            } else if (line.values().stream().anyMatch(SmallCells::isSmall)) {
                return false;
            }
        }
        return ofHidden.values().stream().noneMatch(SmallCells::isSmall);
    }
}
