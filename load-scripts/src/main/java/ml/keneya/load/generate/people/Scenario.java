package ml.keneya.load.generate.people;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.outbreak.Outbreak;
import ml.keneya.load.generate.outbreak.OutbreakOrder;

/**
 * What is asked for. The number of people does not enter the key, so a smaller run is the beginning of a larger one;
 * nor do imperfections, so the same people can be had with and without them, under the same identifiers.
 *
 * @param regions codes of law 2023-007; none means all
 * @param children of the protection programme
 * @param imperfections how likely each kind of fault is, from 0 to 1
 * @param unconfirmedDoses whether doses are given of which no source says that Mali has introduced them
 */
public record Scenario(
        long seed,
        LocalDate from,
        LocalDate to,
        Set<String> regions,
        int children,
        List<OutbreakOrder> orders,
        double imperfections,
        boolean unconfirmedDoses) {
    public Scenario {
        regions = new TreeSet<>(regions);
        orders = List.copyOf(orders);
    }

    public long key() {
        List<Long> parts = new ArrayList<>();
        parts.add(seed);
        parts.add(from.toEpochDay());
        parts.add(to.toEpochDay());
        parts.add(Chance.key(String.join(",", regions)));
        parts.add((long) children);
        for (OutbreakOrder order : orders) {
            parts.add(Chance.key(order.disease().code() + "," + order.district() + "," + order.week() + ","
                    + order.cases() + "," + order.shape() + "," + order.weeks()));
        }
        if (unconfirmedDoses) {
            parts.add(Chance.key("unconfirmed-doses"));
        }
        return Chance.key(parts.stream().mapToLong(Long::longValue).toArray());
    }

    /** Four letters and digits that set the record numbers of this scenario apart from those of another. */
    public String tag() {
        long folded = Math.floorMod(key(), 36L * 36 * 36 * 36);
        String digits = Long.toString(folded, 36).toUpperCase(Locale.ROOT);
        return "0000".substring(digits.length()) + digits;
    }

    public int firstDay() {
        return (int) from.toEpochDay();
    }

    public int lastDay() {
        return (int) to.toEpochDay();
    }

    /** @throws IllegalArgumentException naming a district that is not in the chosen regions */
    public List<Outbreak> outbreaks(Mali mali) {
        List<Outbreak> outbreaks = new ArrayList<>();
        for (OutbreakOrder order : orders) {
            List<Commune> district = mali.territory()
                    .district(order.district())
                    .orElseThrow(() -> new IllegalArgumentException(order.district()));
            outbreaks.add(Outbreak.plan(outbreaks.size(), order, district, key(), lastDay()));
        }
        return outbreaks;
    }
}
