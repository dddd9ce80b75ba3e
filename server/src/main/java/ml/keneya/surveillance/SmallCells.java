package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hides counts from 1 to 4, because one may recognise who they are, and as many others as are needed for nobody to work
 * them out from what is shown. Nothing is searched for: it is built so that it holds.
 *
 * <ul>
 *   <li>Of the parts of a place whose total is shown, either none is hidden, or at least two that are not zero and come
 *       to five or more together. Of a place that is hidden, no part and no breakdown is shown. So a hidden total
 *       stands in one sum only whose other members are shown, beside another hidden one.
 *   <li>A breakdown (by age, sex…) is shown for the parts of a place either for all of them and with no small count in
 *       it, or for none. So a count that is hidden in the breakdown of the whole stands in one sum only as well.
 * </ul>
 */
final class SmallCells {

    /** The smallest count that tells of nobody. */
    static final int LEAST = 5;

    private final Map<String, Map<String, Shown>> shown = new TreeMap<>();

    private SmallCells() {}

    /**
     * A place with what was counted in it.
     *
     * @param place empty for what lies in a place and in none of its parts
     * @param breakdowns by name; each has all its values and comes to the total
     * @param parts come to the total together; none when it has none or they are not told apart
     */
    record Counted(String place, long total, Map<String, Map<String, Long>> breakdowns, List<Counted> parts) {}

    /**
     * What of a place is shown.
     *
     * @param total absent when it is hidden
     * @param breakdowns those that are shown; values that are hidden in them are absent
     */
    record Shown(OptionalLong total, Map<String, Map<String, OptionalLong>> breakdowns) {

        static final Shown NOTHING = new Shown(OptionalLong.empty(), Map.of());
        static final Shown ZERO = new Shown(OptionalLong.of(0), Map.of());
    }

    /**
     * What is shown of several counts, of which some may be parts of others, as deaths are of cases: what is zero in
     * one is zero in the other, so a breakdown is shown for all of them or for none.
     *
     * @param wholes by the name of the count
     * @return by the name of the count, what is shown of each place that has a name; a place that is not there has
     *     nothing counted in it
     */
    static Map<String, Map<String, Shown>> of(Map<String, Counted> wholes) {
        SmallCells cells = new SmallCells();
        Map<String, Counted> told = new TreeMap<>();
        wholes.forEach((name, whole) -> {
            cells.shown.put(name, new TreeMap<>());
            if (isSmall(whole.total())) {
                cells.hide(name, whole);
            } else {
                told.put(name, whole);
            }
        });
        Set<String> complete = new HashSet<>();
        told.values().forEach(whole -> complete.addAll(whole.breakdowns().keySet()));
        told.forEach((name, whole) -> {
            Map<String, Map<String, OptionalLong>> breakdowns = new TreeMap<>();
            whole.breakdowns().forEach((breakdown, counts) -> {
                Map<String, OptionalLong> shown = withoutSmall(counts);
                breakdowns.put(breakdown, shown);
                if (shown.values().stream().anyMatch(OptionalLong::isEmpty)) {
                    complete.remove(breakdown);
                }
            });
            cells.show(name, whole, breakdowns);
        });
        cells.showParts(told, complete);
        return cells.shown;
    }

    private static Map<String, OptionalLong> withoutSmall(Map<String, Long> counts) {
        List<String> values = List.copyOf(counts.keySet());
        Set<Integer> hidden = hidden(List.copyOf(counts.values()));
        Map<String, OptionalLong> told = asTheyAre(counts);
        hidden.forEach(index -> told.put(values.get(index), OptionalLong.empty()));
        return told;
    }

    /**
     * @param place one place, by the name of the count
     * @param complete the breakdowns of which nothing is hidden above
     */
    private void showParts(Map<String, Counted> place, Set<String> complete) {
        Map<String, Set<Integer>> hidden = new TreeMap<>();
        place.forEach((name, whole) -> hidden.put(
                name, hidden(whole.parts().stream().map(Counted::total).toList())));
        Set<String> completeBelow = new HashSet<>();
        if (hidden.values().stream().allMatch(Set::isEmpty)) {
            complete.stream()
                    .filter(breakdown -> place.values().stream()
                            .flatMap(whole -> whole.parts().stream())
                            .flatMap(part -> part.breakdowns().getOrDefault(breakdown, Map.of()).values().stream())
                            .noneMatch(SmallCells::isSmall))
                    .forEach(completeBelow::add);
        }
        Map<String, Map<String, Counted>> told = new TreeMap<>();
        place.forEach((name, whole) -> {
            for (int index = 0; index < whole.parts().size(); index++) {
                Counted part = whole.parts().get(index);
                if (hidden.getOrDefault(name, Set.of()).contains(index)) {
                    hide(name, part);
                } else if (!part.place().isEmpty()) {
                    Map<String, Map<String, OptionalLong>> breakdowns = new TreeMap<>();
                    completeBelow.forEach(breakdown -> breakdowns.put(
                            breakdown, asTheyAre(part.breakdowns().getOrDefault(breakdown, Map.of()))));
                    show(name, part, breakdowns);
                    told.computeIfAbsent(part.place(), each -> new TreeMap<>()).put(name, part);
                }
            }
        });
        told.values().forEach(part -> showParts(part, completeBelow));
    }

    private void show(String name, Counted place, Map<String, Map<String, OptionalLong>> breakdowns) {
        shown.getOrDefault(name, new TreeMap<>())
                .put(place.place(), new Shown(OptionalLong.of(place.total()), breakdowns));
    }

    private static Map<String, OptionalLong> asTheyAre(Map<String, Long> counts) {
        Map<String, OptionalLong> told = new TreeMap<>();
        counts.forEach((value, count) -> told.put(value, OptionalLong.of(count)));
        return told;
    }

    private void hide(String name, Counted place) {
        if (!place.place().isEmpty()) {
            shown.getOrDefault(name, new TreeMap<>()).put(place.place(), Shown.NOTHING);
        }
        place.parts().forEach(part -> hide(name, part));
    }

    private static boolean isSmall(long count) {
        return count > 0 && count < LEAST;
    }

    /**
     * Which of several counts that come to a shown sum are hidden: the small ones, and the next smallest until there
     * are two of them and they come to five. The sum is not small itself, so there always are enough.
     */
    private static Set<Integer> hidden(List<Long> counts) {
        List<Integer> bySize = new ArrayList<>();
        for (int index = 0; index < counts.size(); index++) {
            if (counts.get(index) > 0) {
                bySize.add(index);
            }
        }
        bySize.sort((one, other) -> Long.compare(counts.get(one), counts.get(other)));
        Set<Integer> hidden = new LinkedHashSet<>();
        for (int index : bySize) {
            if (!isSmall(counts.get(index)) && (hidden.isEmpty() || isEnough(hidden, counts))) {
                break;
            }
            hidden.add(index);
        }
        return hidden;
    }

    private static boolean isEnough(Collection<Integer> hidden, List<Long> counts) {
        return hidden.size() > 1 && hidden.stream().mapToLong(counts::get).sum() >= LEAST;
    }
}
