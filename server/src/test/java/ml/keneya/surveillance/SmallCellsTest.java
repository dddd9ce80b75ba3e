package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import ml.keneya.surveillance.SmallCells.Counted;
import ml.keneya.surveillance.SmallCells.Shown;
import org.junit.jupiter.api.Test;

/**
 * Somebody with everything that is published, and with this very rule in hand, tries to tell what is hidden. In small
 * countries he tries every week that there can be: those that would have been published the same way are what he cannot
 * tell apart. In large ones he narrows down by all sums, and by what is never negative or more than its whole.
 */
class SmallCellsTest {

    /** How many numbers a hidden small count may be, for whoever has seen everything: as from 1 to 4. */
    private static final int LEAST_DOUBT = 4;

    private static final List<String> AGES = List.of("0-11m", "1-4y", "5-14y", "15y+");

    @Test
    void leavesEverySmallCountOfAFewPlacesInDoubt() {
        // Three communes and what lies in none of them, then five communes.
        assertThat(worstDoubt(4, 30, SmallCellsTest::places)).isGreaterThanOrEqualTo(LEAST_DOUBT);
        assertThat(worstDoubt(6, 14, SmallCellsTest::places)).isGreaterThanOrEqualTo(LEAST_DOUBT);
    }

    @Test
    void leavesEverySmallCountOfTwoLevelsInDoubt() {
        // A region with two cercles and one with one, and what lies in none.
        assertThat(worstDoubt(6, 12, counts -> {
                    Counted first =
                            sum("A", List.of(leaf("A1", counts[0]), leaf("A2", counts[1]), leaf("", counts[2])));
                    Counted second = sum("B", List.of(leaf("B1", counts[3]), leaf("", counts[4])));
                    return sum("ML", List.of(first, second, leaf("", counts[5])));
                }))
                .isGreaterThanOrEqualTo(LEAST_DOUBT);
    }

    /** Each count is told as so many confirmed and so many others, by place. */
    @Test
    void leavesTheConfirmedAmongTheCasesInDoubt() {
        assertThat(worstDoubt(6, 14, counts -> {
                    List<Counted> parts = new ArrayList<>();
                    for (int part = 0; part < 3; part++) {
                        parts.add(new Counted(
                                part == 2 ? "" : "P" + part,
                                counts[2 * part] + counts[2 * part + 1],
                                Map.of("confirmed", Map.of("yes", (long) counts[2 * part], "no", (long)
                                        counts[2 * part + 1])),
                                List.of()));
                    }
                    return sum("ML", parts);
                }))
                .isGreaterThanOrEqualTo(LEAST_DOUBT);
    }

    /** The rule of before: those from 1 to 4 are hidden, two at least that come to five. It does not stand this. */
    @Test
    void seesThroughThoseWhoShowEveryZero() {
        assertThat(worstDoubt(4, 14, SmallCellsTest::places, whole -> {
                    List<Counted> bySize = whole.parts().stream()
                            .filter(part -> part.total() > 0)
                            .sorted((one, other) -> Long.compare(one.total(), other.total()))
                            .toList();
                    TreeSet<String> hidden = new TreeSet<>();
                    long sum = 0;
                    for (Counted part : bySize) {
                        if (!isSmall(part.total()) && (hidden.isEmpty() || (hidden.size() > 1 && sum >= 5))) {
                            break;
                        }
                        hidden.add(part.place());
                        sum += part.total();
                    }
                    Map<String, Shown> shown = new TreeMap<>();
                    whole.parts()
                            .forEach(part -> shown.put(
                                    part.place(),
                                    hidden.contains(part.place())
                                            ? Shown.NOTHING
                                            : new Shown(OptionalLong.of(part.total()), Map.of())));
                    shown.put("ML", new Shown(OptionalLong.of(whole.total()), Map.of()));
                    return shown;
                }))
                .isEqualTo(1);
    }

    @Test
    void narrowsNoSmallCountOfALargeCountryDown() {
        Random random = new Random(5);
        int hidden = 0;
        int told = 0;
        for (int trial = 0; trial < 300; trial++) {
            Counted whole = aPlace("ML", 3, random, 1 + random.nextInt(30));
            Bounds bounds = new Bounds(whole, SmallCells.of(whole));
            assertThat(bounds.narrowed()).as("trial %s", trial).isEmpty();
            hidden += bounds.hidden;
            told += bounds.told;
        }
        // Otherwise hiding everything would do.
        assertThat(hidden).isGreaterThan(2000);
        assertThat(told).isGreaterThan(2000);
    }

    @Test
    void showsNoSmallCount() {
        Random random = new Random(6);
        for (int trial = 0; trial < 300; trial++) {
            SmallCells.of(aPlace("ML", 3, random, 1 + random.nextInt(30)))
                    .values()
                    .forEach(shown -> {
                        assertThat(isSmall(shown.total().orElse(0))).isFalse();
                        shown.breakdowns()
                                .values()
                                .forEach(counts ->
                                        assertThat(counts.values()).noneMatch(count -> isSmall(count.orElse(0))));
                    });
        }
    }

    @Test
    void hidesThoseFromNoneToFourAlikeAndOthersWhateverTheirSize() {
        Map<String, Shown> shown = SmallCells.of(sum(
                "ML",
                List.of(
                        leaf("A", 3),
                        leaf("B", 30),
                        leaf("C", 16),
                        leaf("D", 0),
                        leaf("E", 60),
                        leaf("F", 5),
                        leaf("", 0))));

        assertThat(shown.get("ML").total()).hasValue(114);
        // B and C by the order of their codes: F would be enough, and say that nobody hidden is larger.
        assertThat(List.of("A", "B", "C", "D"))
                .allSatisfy(place -> assertThat(shown.get(place).total()).isEmpty());
        assertThat(shown.get("E").total()).hasValue(60);
        assertThat(shown.get("F").total()).hasValue(5);
    }

    @Test
    void showsZerosWhereNobodyIsHidden() {
        Map<String, Shown> shown =
                SmallCells.of(sum("ML", List.of(leaf("A", 6), leaf("B", 0), leaf("C", 7), leaf("", 0))));

        assertThat(shown.get("A").total()).hasValue(6);
        assertThat(shown.get("B").total()).hasValue(0);
    }

    @Test
    void saysNoZeroOfAPlaceInWhichThoseWithoutAPlaceMayLie() {
        Map<String, Shown> shown =
                SmallCells.of(sum("ML", List.of(leaf("A", 6), leaf("B", 0), leaf("C", 7), leaf("", 8))));

        assertThat(shown.get("A").total()).hasValue(6);
        assertThat(shown.get("B").total()).isEmpty();
    }

    @Test
    void hidesEveryPlaceWhereTheCountryIsSmall() {
        Counted whole = sum("ML", List.of(leaf("A", 4), leaf("B", 0), leaf("", 0)));

        assertThat(SmallCells.of(whole).values())
                .allSatisfy(shown -> assertThat(shown.total()).isEmpty());
    }

    private static boolean isSmall(long count) {
        return count > 0 && count < SmallCells.LEAST;
    }

    private static Counted places(int[] counts) {
        return sum(
                "ML",
                IntStream.range(0, counts.length)
                        .mapToObj(part -> leaf(part == counts.length - 1 ? "" : "P" + part, counts[part]))
                        .toList());
    }

    private static Counted leaf(String place, long total) {
        return new Counted(place, total, Map.of(), List.of());
    }

    private static Counted sum(String name, List<Counted> parts) {
        Map<String, Map<String, Long>> breakdowns = new TreeMap<>();
        parts.forEach(part -> part.breakdowns()
                .forEach((breakdown, counts) -> counts.forEach((value, count) -> breakdowns
                        .computeIfAbsent(breakdown, each -> new TreeMap<>())
                        .merge(value, count, Long::sum))));
        return new Counted(name, parts.stream().mapToLong(Counted::total).sum(), breakdowns, parts);
    }

    private static int worstDoubt(int numbers, int most, Function<int[], Counted> country) {
        return worstDoubt(numbers, most, country, SmallCells::of);
    }

    /**
     * Of all weeks with so many numbers that come to no more than the given, the fewest values that a small count which
     * is hidden has in those that are published alike.
     */
    private static int worstDoubt(
            int numbers, int most, Function<int[], Counted> country, Function<Counted, Map<String, Shown>> rule) {
        Map<String, Map<String, TreeSet<Long>>> possible = new HashMap<>();
        everyWeek(new int[numbers], 0, most, counts -> {
            Counted whole = country.apply(counts);
            // The week's sum must be shown, or weeks beyond the largest that is tried would be published alike too.
            Map<String, TreeSet<Long>> same =
                    possible.computeIfAbsent(rule.apply(whole).toString(), each -> new TreeMap<>());
            figures(whole, "")
                    .forEach((figure, count) -> same.computeIfAbsent(figure, each -> new TreeSet<>())
                            .add(count));
        });
        int worst = Integer.MAX_VALUE;
        for (Map<String, TreeSet<Long>> figures : possible.values()) {
            for (TreeSet<Long> values : figures.values()) {
                // Whatever may be small must not be told from at least so many others.
                if (values.stream().anyMatch(SmallCellsTest::isSmall)) {
                    worst = Math.min(worst, values.size());
                }
            }
        }
        return worst;
    }

    private static void everyWeek(int[] counts, int from, int left, Consumer<int[]> week) {
        if (from == counts.length) {
            week.accept(counts);
            return;
        }
        for (int count = 0; count <= left; count++) {
            counts[from] = count;
            everyWeek(counts, from + 1, left - count, week);
        }
        counts[from] = 0;
    }

    /** Every figure there is, by the way that leads to it. */
    private static Map<String, Long> figures(Counted place, String way) {
        Map<String, Long> figures = new TreeMap<>();
        String here = way + "/" + place.place();
        figures.put(here, place.total());
        place.breakdowns()
                .forEach((name, counts) ->
                        counts.forEach((value, count) -> figures.put(here + "#" + name + "=" + value, count)));
        place.parts().forEach(part -> figures.putAll(figures(part, here)));
        return figures;
    }

    private static Counted aPlace(String name, int depth, Random random, int most) {
        if (depth > 0) {
            List<Counted> parts = new ArrayList<>();
            int number = 1 + random.nextInt(6);
            for (int part = 0; part < number; part++) {
                parts.add(aPlace(name + "." + part, depth - 1, random, most));
            }
            parts.add(aPlace("", 0, random, random.nextInt(5) == 0 ? most : 1));
            return sum(name, parts);
        }
        Map<String, Long> ages = new TreeMap<>();
        long total = 0;
        for (String age : AGES) {
            long count = random.nextInt(3) == 0 ? random.nextInt(most) : 0;
            ages.put(age, count);
            total += count;
        }
        long confirmed = random.nextInt(3) == 0 ? random.nextLong(total + 1) : 0;
        long dead = random.nextInt(4) == 0 ? random.nextLong(total + 1) : 0;
        return new Counted(
                name,
                total,
                Map.of(
                        "age_group",
                        ages,
                        "confirmed",
                        Map.of("yes", confirmed, "no", total - confirmed),
                        "deaths",
                        Map.of("yes", dead, "no", total - dead)),
                List.of());
    }

    /** Between what every figure lies, by sums and signs, worked out until nothing becomes narrower. */
    private static final class Bounds {

        private static final long MANY = 1_000_000;

        private final Map<String, Long> all;
        private final Map<String, long[]> bounds = new HashMap<>();
        private final List<Sum> sums = new ArrayList<>();
        private int hidden;
        private int told;

        private record Sum(String whole, List<String> parts) {}

        Bounds(Counted whole, Map<String, Shown> shown) {
            all = figures(whole, "");
            begin(whole, "", shown);
            if (shown.getOrDefault("ML", Shown.NOTHING).total().isEmpty()) {
                // The whole country is hidden only where it is small.
                bounds.put("/ML", new long[] {1, 4});
            }
            boolean narrower = true;
            while (narrower) {
                narrower = false;
                for (Sum sum : sums) {
                    narrower |= narrow(sum);
                }
            }
        }

        private void begin(Counted place, String way, Map<String, Shown> shown) {
            String here = way + "/" + place.place();
            Shown told = place.place().isEmpty() ? Shown.NOTHING : shown.getOrDefault(place.place(), Shown.NOTHING);
            begin(here, told.total(), place.total());
            place.breakdowns().forEach((name, counts) -> {
                Map<String, OptionalLong> toldOf = told.breakdowns().getOrDefault(name, Map.of());
                List<String> values = new ArrayList<>();
                counts.forEach((value, count) -> {
                    String figure = here + "#" + name + "=" + value;
                    begin(figure, toldOf.getOrDefault(value, OptionalLong.empty()), count);
                    values.add(figure);
                    if (!place.parts().isEmpty()) {
                        sums.add(new Sum(
                                figure,
                                place.parts().stream()
                                        .map(part -> here + "/" + part.place() + "#" + name + "=" + value)
                                        .toList()));
                    }
                });
                sums.add(new Sum(here, values));
            });
            if (!place.parts().isEmpty()) {
                sums.add(new Sum(
                        here,
                        place.parts().stream()
                                .map(part -> here + "/" + part.place())
                                .toList()));
            }
            place.parts().forEach(part -> begin(part, here, shown));
        }

        private void begin(String figure, OptionalLong shown, long count) {
            shown.ifPresent(value -> assertThat(value).as(figure).isEqualTo(count));
            told += shown.isPresent() && count > 0 ? 1 : 0;
            hidden += shown.isEmpty() && isSmall(count) ? 1 : 0;
            bounds.put(
                    figure,
                    shown.isPresent() ? new long[] {shown.getAsLong(), shown.getAsLong()} : new long[] {0, MANY});
        }

        private boolean narrow(Sum sum) {
            long least = 0;
            long most = 0;
            for (String part : sum.parts()) {
                least += bounds.get(part)[0];
                most += bounds.get(part)[1];
            }
            long[] whole = bounds.get(sum.whole());
            boolean narrower = set(whole, least, most);
            for (String each : sum.parts()) {
                long[] part = bounds.get(each);
                narrower |= set(part, whole[0] - (most - part[1]), whole[1] - (least - part[0]));
            }
            return narrower;
        }

        private static boolean set(long[] bounds, long least, long most) {
            boolean narrower = least > bounds[0] || most < bounds[1];
            bounds[0] = Math.max(bounds[0], least);
            bounds[1] = Math.min(bounds[1], most);
            return narrower;
        }

        /** Small figures of which fewer than so many numbers remain. */
        List<String> narrowed() {
            List<String> found = new ArrayList<>();
            bounds.forEach((figure, between) -> {
                if (isSmall(all.get(figure)) && between[1] - between[0] + 1 < LEAST_DOUBT) {
                    found.add(figure + " is " + all.get(figure) + ", from " + between[0] + " to " + between[1]);
                }
            });
            return found;
        }
    }
}
