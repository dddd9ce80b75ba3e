package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ml.keneya.surveillance.SmallCells.Counted;
import ml.keneya.surveillance.SmallCells.Shown;
import org.junit.jupiter.api.Test;

/**
 * Somebody with every published figure, who knows all sums and every place without a case, tries to work out what is
 * hidden.
 */
class SmallCellsTest {

    private static final long PRIME = 1_000_000_007L;
    private static final Map<String, List<String>> BREAKDOWNS =
            Map.of("age_group", List.of("0-11m", "1-4y", "5-14y", "15y+"), "sex", List.of("female", "male"));

    @Test
    void hidesWhatNobodyCanWorkOutFromAnythingThatIsShown() {
        Random random = new Random(5);
        int hidden = 0;
        int told = 0;
        for (int trial = 0; trial < 400; trial++) {
            Pair whole = aPlace("ML", 3, random, 1 + random.nextInt(12));
            Map<String, Map<String, Shown>> shown = SmallCells.of(whole.byName());
            Map<String, Long> cases = shownIn(whole.cases(), shown.getOrDefault("cases", Map.of()));
            Map<String, Long> deaths = shownIn(whole.deaths(), shown.getOrDefault("deaths", Map.of()));
            for (Attack attack :
                    List.of(new Attack(whole.cases(), cases, Map.of()), new Attack(whole.deaths(), deaths, cases))) {
                assertThat(attack.workedOut()).as("trial %s", trial).isEmpty();
                hidden += attack.hidden();
                told += attack.told();
            }
        }
        // Otherwise hiding everything would do.
        assertThat(hidden).isPositive();
        assertThat(told).isGreaterThan(2000);
    }

    @Test
    void showsNoSmallCount() {
        Random random = new Random(6);
        for (int trial = 0; trial < 400; trial++) {
            Pair whole = aPlace("ML", 3, random, 1 + random.nextInt(12));
            Map<String, Map<String, Shown>> shown = SmallCells.of(whole.byName());
            whole.byName()
                    .forEach((name, counted) -> assertThat(shownIn(counted, shown.getOrDefault(name, Map.of()))
                                    .values())
                            .noneMatch(count -> count > 0 && count < SmallCells.LEAST));
        }
    }

    /** The attack is a real one: hiding the small counts alone does not stand it. */
    @Test
    void seesThroughThoseWhoHideOnlySmallCounts() {
        Random random = new Random(7);
        int seenThrough = 0;
        for (int trial = 0; trial < 100; trial++) {
            Counted whole = aPlace("ML", 3, random, 1 + random.nextInt(12)).cases();
            Map<String, Long> naive = new TreeMap<>();
            collect(whole, "", naive);
            naive.values().removeIf(count -> count > 0 && count < SmallCells.LEAST);
            seenThrough += new Attack(whole, naive, Map.of()).workedOut().isEmpty() ? 0 : 1;
        }
        assertThat(seenThrough).isGreaterThan(50);
    }

    @Test
    void hidesTheNextSmallestBesideTheOnlySmallCount() {
        Counted whole =
                new Counted("ML", 49, Map.of(), List.of(part("A", 3), part("B", 30), part("C", 16), part("D", 0)));

        Map<String, Shown> shown = shown(whole);

        assertThat(shown.get("ML").total()).hasValue(49);
        assertThat(shown.get("A").total()).isEmpty();
        assertThat(shown.get("B").total()).hasValue(30);
        assertThat(shown.get("C").total()).isEmpty();
        assertThat(shown.get("D").total()).hasValue(0);
    }

    /** One and one that come to two are both one. */
    @Test
    void hidesSoManyThatTheyComeToFiveTogether() {
        Counted whole =
                new Counted("ML", 32, Map.of(), List.of(part("A", 1), part("B", 1), part("C", 10), part("D", 20)));

        Map<String, Shown> shown = shown(whole);

        assertThat(shown.get("C").total()).isEmpty();
        assertThat(shown.get("D").total()).hasValue(20);
    }

    @Test
    void hidesAllPartsOfWhatIsHidden() {
        Counted whole = new Counted("ML", 4, Map.of(), List.of(part("A", 4)));

        assertThat(shown(whole).values())
                .allSatisfy(shown -> assertThat(shown.total()).isEmpty());
    }

    private static Counted part(String name, long total) {
        return new Counted(name, total, Map.of(), List.of());
    }

    private static Map<String, Shown> shown(Counted whole) {
        return SmallCells.of(Map.of("cases", whole)).getOrDefault("cases", Map.of());
    }

    /** The cases of a place and the deaths among them. */
    private record Pair(Counted cases, Counted deaths) {

        Map<String, Counted> byName() {
            return Map.of("cases", cases, "deaths", deaths);
        }
    }

    private static Pair aPlace(String name, int depth, Random random, int most) {
        List<Pair> parts = new ArrayList<>();
        if (depth > 0) {
            int number = 1 + random.nextInt(4);
            for (int part = 0; part < number; part++) {
                parts.add(aPlace(name + "." + part, depth - 1, random, most));
            }
            if (random.nextInt(3) == 0) {
                parts.add(aPlace("", 0, random, most));
            }
            return new Pair(
                    sum(name, parts.stream().map(Pair::cases).toList()),
                    sum(name, parts.stream().map(Pair::deaths).toList()));
        }
        Map<String, Map<String, Long>> cases = nothing();
        Map<String, Map<String, Long>> deaths = nothing();
        for (String age : BREAKDOWNS.getOrDefault("age_group", List.of())) {
            for (String sex : BREAKDOWNS.getOrDefault("sex", List.of())) {
                int count = random.nextInt(3) == 0 ? random.nextInt(most) : 0;
                int died = random.nextInt(2) == 0 ? random.nextInt(count + 1) : 0;
                add(cases, "age_group", age, count);
                add(cases, "sex", sex, count);
                add(deaths, "age_group", age, died);
                add(deaths, "sex", sex, died);
            }
        }
        return new Pair(
                new Counted(name, total(cases), cases, List.of()), new Counted(name, total(deaths), deaths, List.of()));
    }

    private static Counted sum(String name, List<Counted> parts) {
        Map<String, Map<String, Long>> breakdowns = nothing();
        parts.forEach(part -> part.breakdowns()
                .forEach((breakdown, counts) ->
                        counts.forEach((value, count) -> add(breakdowns, breakdown, value, count))));
        return new Counted(name, total(breakdowns), breakdowns, parts);
    }

    private static Map<String, Map<String, Long>> nothing() {
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        BREAKDOWNS.forEach((breakdown, values) -> values.forEach(value ->
                breakdowns.computeIfAbsent(breakdown, each -> new TreeMap<>()).put(value, 0L)));
        return breakdowns;
    }

    private static long total(Map<String, Map<String, Long>> breakdowns) {
        return breakdowns.getOrDefault("sex", Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void add(Map<String, Map<String, Long>> breakdowns, String breakdown, String value, long count) {
        breakdowns.getOrDefault(breakdown, new TreeMap<>()).merge(value, count, Long::sum);
    }

    /** Every figure there is, by the way that leads to it. */
    private static void collect(Counted place, String way, Map<String, Long> figures) {
        String here = way + "/" + place.place();
        figures.put(here, place.total());
        place.breakdowns()
                .forEach((name, counts) -> counts.forEach((value, count) -> figures.put(here + "#" + value, count)));
        for (int part = 0; part < place.parts().size(); part++) {
            collect(place.parts().get(part), here + "/" + part, figures);
        }
    }

    private static Map<String, Long> shownIn(Counted whole, Map<String, Shown> shown) {
        Map<String, Long> figures = new TreeMap<>();
        collectShown(whole, "", shown, figures);
        return figures;
    }

    private static void collectShown(Counted place, String way, Map<String, Shown> shown, Map<String, Long> figures) {
        String here = way + "/" + place.place();
        Shown told = place.place().isEmpty() ? Shown.NOTHING : shown.getOrDefault(place.place(), Shown.NOTHING);
        if (told.total().isPresent()) {
            figures.put(here, told.total().getAsLong());
        }
        told.breakdowns()
                .forEach((name, counts) -> counts.forEach((value, count) -> {
                    if (count.isPresent()) {
                        figures.put(here + "#" + value, count.getAsLong());
                    }
                }));
        for (int part = 0; part < place.parts().size(); part++) {
            collectShown(place.parts().get(part), here + "/" + part, shown, figures);
        }
    }

    /** Solves the sums for what is hidden, exactly, in a finite field. */
    private static final class Attack {

        private final Map<String, Long> all = new LinkedHashMap<>();
        private final Map<String, Integer> unknown = new HashMap<>();
        private final List<Map<String, Integer>> sums = new ArrayList<>();
        private final int told;

        /** @param above figures that are shown and of which those that are attacked are a part */
        Attack(Counted whole, Map<String, Long> shown, Map<String, Long> above) {
            collect(whole, "", all);
            shown.forEach((figure, count) -> assertThat(all).containsEntry(figure, count));
            all.forEach((figure, count) -> {
                // A place without any case has none in a breakdown either, and each place without a case is known.
                boolean nowhere = all.getOrDefault(figure.replaceFirst("#.*", ""), 0L) == 0;
                boolean noneAbove = above.containsKey(figure) && above.get(figure) == 0;
                if (!nowhere && !noneAbove && !shown.containsKey(figure)) {
                    unknown.put(figure, unknown.size());
                }
            });
            told = (int) shown.values().stream().filter(count -> count > 0).count();
            sum(whole, "");
        }

        private void sum(Counted place, String way) {
            String here = way + "/" + place.place();
            place.breakdowns().values().forEach(counts -> {
                Map<String, Integer> sum = new HashMap<>(Map.of(here, -1));
                counts.keySet().forEach(value -> sum.put(here + "#" + value, 1));
                sums.add(sum);
            });
            if (place.parts().isEmpty()) {
                return;
            }
            Set<String> values = new TreeSet<>(Set.of(""));
            place.breakdowns().values().forEach(counts -> counts.keySet().forEach(value -> values.add("#" + value)));
            for (String value : values) {
                Map<String, Integer> sum = new HashMap<>(Map.of(here + value, -1));
                for (int part = 0; part < place.parts().size(); part++) {
                    sum.put(here + "/" + part + "/" + place.parts().get(part).place() + value, 1);
                }
                sums.add(sum);
            }
            for (int part = 0; part < place.parts().size(); part++) {
                sum(place.parts().get(part), here + "/" + part);
            }
        }

        int hidden() {
            return unknown.size();
        }

        int told() {
            return told;
        }

        /** Small figures that are hidden and follow from the sums. */
        Set<String> workedOut() {
            int width = unknown.size();
            List<long[]> rows = new ArrayList<>();
            for (Map<String, Integer> sum : sums) {
                long[] row = new long[width];
                sum.forEach((figure, factor) -> {
                    Integer column = unknown.get(figure);
                    if (column != null) {
                        row[column] = Math.floorMod(factor, PRIME);
                    }
                });
                rows.add(row);
            }
            int rank = 0;
            int[] pivots = new int[width];
            for (int column = 0; column < width && rank < rows.size(); column++) {
                int pivot = rank;
                while (pivot < rows.size() && rows.get(pivot)[column] == 0) {
                    pivot++;
                }
                if (pivot == rows.size()) {
                    continue;
                }
                Collections.swap(rows, pivot, rank);
                long[] own = rows.get(rank);
                long inverse = power(own[column], PRIME - 2);
                for (int each = 0; each < width; each++) {
                    own[each] = own[each] * inverse % PRIME;
                }
                for (int other = 0; other < rows.size(); other++) {
                    long factor = rows.get(other)[column];
                    if (other != rank && factor != 0) {
                        long[] row = rows.get(other);
                        for (int each = 0; each < width; each++) {
                            row[each] = Math.floorMod(row[each] - factor * own[each], PRIME);
                        }
                    }
                }
                pivots[rank++] = column;
            }
            Set<String> found = new TreeSet<>();
            Map<Integer, String> names = new HashMap<>();
            unknown.forEach((figure, column) -> names.put(column, figure));
            for (int row = 0; row < rank; row++) {
                int others = 0;
                for (long value : rows.get(row)) {
                    others += value == 0 ? 0 : 1;
                }
                String figure = names.get(pivots[row]);
                if (others == 1 && all.get(figure) > 0 && all.get(figure) < SmallCells.LEAST) {
                    found.add(figure + "=" + all.get(figure));
                }
            }
            return found;
        }

        private static long power(long base, long exponent) {
            long result = 1;
            for (long factor = base % PRIME, left = exponent; left > 0; left >>= 1, factor = factor * factor % PRIME) {
                if ((left & 1) == 1) {
                    result = result * factor % PRIME;
                }
            }
            return result;
        }
    }
}
