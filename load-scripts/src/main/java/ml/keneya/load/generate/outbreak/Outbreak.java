package ml.keneya.load.generate.outbreak;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.Weighted;
import ml.keneya.load.generate.mali.Commune;

/** An outbreak with its cases laid out in time and place, before anybody is generated. */
public final class Outbreak {
    private final int number;
    private final OutbreakOrder order;
    private final List<Commune> communes;
    private final List<Case> cases;

    /**
     * One case.
     *
     * @param onset epoch day of the first signs
     * @param age wished for, in days at onset
     * @param classification code of {@code ml-case-classification}
     */
    public record Case(
            int number, int onset, int age, Commune commune, String classification, boolean dies, boolean admitted) {}

    private Outbreak(int number, OutbreakOrder order, List<Commune> communes, List<Case> cases) {
        this.number = number;
        this.order = order;
        this.communes = communes;
        this.cases = cases;
    }

    /**
     * @param key of the whole scenario
     * @param lastDay nobody falls ill after it
     */
    public static Outbreak plan(int number, OutbreakOrder order, List<Commune> district, long key, int lastDay) {
        Chance chance = Chance.of(key, Chance.key("outbreak"), number);
        List<Commune> foci = foci(district, chance);
        int firstDay = (int) order.week().monday().toEpochDay();
        int weeks = Math.max(1, Math.min(order.weeks(), (lastDay - firstDay + 1) / 7));
        int[] perWeek = order.shape().shareOut(order.cases(), weeks);
        List<Case> cases = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            for (int each = 0; each < perWeek[week]; each++) {
                int onset = Math.min(lastDay, firstDay + 7 * week + chance.below(7));
                cases.add(caseOf(cases.size(), order, foci, onset, chance));
            }
        }
        return new Outbreak(number, order, foci, cases);
    }

    /** The few communes where it happens: more cases in the first than in the others. */
    private static List<Commune> foci(List<Commune> district, Chance chance) {
        List<Commune> foci = new ArrayList<>();
        var byPeople = new Weighted<>(district, Commune::people);
        while (foci.size() < Math.min(3, district.size())) {
            Commune commune = byPeople.pick(chance);
            if (!foci.contains(commune)) {
                foci.add(commune);
            }
        }
        return foci;
    }

    private static Case caseOf(int number, OutbreakOrder order, List<Commune> foci, int onset, Chance chance) {
        int[] band = order.disease().ages().pick(chance);
        int age = chance.between(band[0], band[1] - 1);
        Commune commune = foci.get(chance.happens(0.6) ? 0 : chance.below(foci.size()));
        double certainty = chance.nextDouble();
        String classification = certainty < order.disease().confirmed()
                ? "confirmed"
                : certainty < order.disease().confirmed() + order.disease().probable() ? "probable" : "suspected";
        return new Case(
                number,
                onset,
                Math.max(age, 180),
                commune,
                classification,
                chance.happens(order.disease().fatal()),
                chance.happens(order.disease().hospital()));
    }

    public int number() {
        return number;
    }

    public OutbreakOrder order() {
        return order;
    }

    public List<Commune> communes() {
        return communes;
    }

    public List<Case> cases() {
        return cases;
    }
}
