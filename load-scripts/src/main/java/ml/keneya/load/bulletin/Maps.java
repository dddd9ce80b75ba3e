package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import ml.keneya.load.bulletin.Boundaries.Area;
import ml.keneya.load.bulletin.Bulletin.Population;
import ml.keneya.load.bulletin.DrawsMap.Drawing;
import org.jspecify.annotations.Nullable;

/** The maps of a bulletin: cases of one disease, and completeness, both by cercle. */
final class Maps {
    private static final int[] COMPLETENESS = {20, 40, 60, 80, 100};

    private final Words words;
    private final Boundaries boundaries;
    private final Bulletin bulletin;
    private final DrawsMap draws;
    private final String disease;
    private final boolean incidence;
    private final Classes classes;

    Maps(Words words, Boundaries boundaries, Bulletin bulletin, @Nullable String asked) {
        this.words = words;
        this.boundaries = boundaries;
        this.bulletin = bulletin;
        this.draws = new DrawsMap(words);
        List<String> known = bulletin.counted(bulletin.nation(), Bulletin.COUNTRY);
        this.disease = asked != null ? asked : known.isEmpty() ? "" : known.get(0);
        List<Area> with = boundaries.cercles().stream()
                .filter(area -> cases(area.code()).isPositive())
                .toList();
        this.incidence = !with.isEmpty()
                && with.stream().allMatch(area -> bulletin.populations().containsKey(area.code()));
        double highest =
                with.stream().mapToDouble(area -> value(area.code())).max().orElse(0);
        this.classes = incidence ? Classes.upTo(highest) : Classes.ofWholeNumbers(highest);
    }

    /** Whether there is a disease to show. */
    boolean hasDisease() {
        return !disease.isEmpty();
    }

    private Count cases(String cercle) {
        return bulletin.cercles().now().cell(cercle, disease).cases();
    }

    private double value(String cercle) {
        long number = cases(cercle).number();
        Population population = bulletin.populations().get(cercle);
        return incidence && population != null ? 100_000.0 * number / population.inhabitants() : number;
    }

    String casesTitle() {
        return words.text(incidence ? "map.incidence" : "map.cases", words.shortDisease(disease));
    }

    String completenessTitle() {
        return words.text("map.completeness");
    }

    private Shade shadeOfCases(String cercle) {
        Count count = cases(cercle);
        return switch (count.state()) {
            case SILENT -> new Shade(Shade.UNKNOWN, words.count(count));
            case HIDDEN -> new Shade(Shade.HIDDEN, words.count(count));
            default -> new Shade(count.number() == 0 ? 0 : classes.of(value(cercle)), words.count(count));
        };
    }

    private Shade shadeOfCompleteness(String cercle) {
        OptionalDouble share = bulletin.cercles().now().reports(cercle).completeness();
        if (share.isEmpty()) {
            return new Shade(Shade.UNKNOWN, words.percent(share));
        }
        int step = 0;
        while (share.getAsDouble() > (step == 0 ? 0 : COMPLETENESS[step - 1]) && step < COMPLETENESS.length) {
            step++;
        }
        return new Shade(step, words.percent(share));
    }

    private List<String> limitsOfCases() {
        List<String> limits = new ArrayList<>();
        for (int step = 1; step <= Shade.CLASSES; step++) {
            double low = (step - 1) * classes.width();
            double high = step * classes.width();
            if (incidence) {
                limits.add(
                        step == 1
                                ? words.text("map.up-to", words.decimal(high))
                                : words.text("map.between", words.decimal(low), words.decimal(high)));
            } else {
                String from = words.number(Math.round(low) + 1);
                limits.add(
                        from.equals(words.number(Math.round(high)))
                                ? from
                                : words.text("map.between", from, words.number(Math.round(high))));
            }
        }
        return limits;
    }

    private List<String> limitsOfCompleteness() {
        List<String> limits = new ArrayList<>();
        for (int step = 0; step < COMPLETENESS.length; step++) {
            limits.add(words.text(
                    "percent",
                    words.text(
                            "map.between",
                            words.number(step == 0 ? 1 : COMPLETENESS[step - 1] + 1),
                            words.number(COMPLETENESS[step]))));
        }
        return limits;
    }

    /** The country, its regions outlined and named. */
    String nationCases() {
        return nation(casesTitle(), this::shadeOfCases, limitsOfCases());
    }

    String nationCompleteness() {
        return nation(completenessTitle(), this::shadeOfCompleteness, limitsOfCompleteness());
    }

    private String nation(String title, Function<String, Shade> shades, List<String> limits) {
        List<Area> all = boundaries.cercles();
        return draws.draw(new Drawing(
                alternative(title, all, shades),
                all,
                boundaries.regions(),
                boundaries.regions(),
                shades,
                limits,
                335,
                310));
    }

    /** The cercles of a region, named. */
    String region(Area region) {
        List<Area> own = boundaries.cerclesOf(region.code());
        return draws.draw(new Drawing(
                alternative(casesTitle(), own, this::shadeOfCases),
                own,
                List.of(),
                own,
                this::shadeOfCases,
                limitsOfCases(),
                300,
                215));
    }

    /** The same in words, for who does not see it; the figures are in the tables. */
    private String alternative(String title, List<Area> areas, Function<String, Shade> shades) {
        List<String> shaded = areas.stream()
                .filter(area -> shades.apply(area.code()).step() > 0)
                .map(area -> area.name() + " " + shades.apply(area.code()).text())
                .toList();
        long unknown = areas.stream()
                .filter(area -> shades.apply(area.code()).step() == Shade.UNKNOWN)
                .count();
        return words.text(
                "map.alternative",
                title,
                shaded.isEmpty() ? words.text("none") : String.join(", ", shaded),
                words.number(unknown));
    }
}
