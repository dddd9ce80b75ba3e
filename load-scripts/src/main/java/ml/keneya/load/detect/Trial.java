package ml.keneya.load.detect;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.OutbreakDisease;
import ml.keneya.load.generate.outbreak.Curve;
import ml.keneya.load.generate.outbreak.OutbreakOrder;
import ml.keneya.load.generate.people.Scenario;

/**
 * One synthetic population with outbreaks drawn from its seed. Everything that can be chosen is fixed here, so that a
 * seed is a trial.
 *
 * @param known from when on there are counts; the years before {@code judgedFrom} are the past that baselines need
 */
record Trial(long seed, LocalDate known, LocalDate judgedFrom, LocalDate judgedUntil) {
    /** Koulikoro, Sikasso and Bougouni: about twenty districts of before the reform. */
    static final Set<String> REGIONS = Set.of("02", "03", "15");

    private static final LocalDate FIRST = LocalDate.parse("2016-01-04");
    private static final LocalDate JUDGED = LocalDate.parse("2021-06-07");
    private static final LocalDate LAST = LocalDate.parse("2026-10-26");
    private static final List<Integer> SIZES = List.of(10, 20, 40, 80);
    private static final int OUTBREAKS_A_DISEASE = 8;
    /** Those that have weekly rules; of the others one case raises an alert. */
    private static final List<String> DISEASES =
            List.of("malaria", "bloody-diarrhoea", "typhoid", "meningitis", "measles", "awd-under5");

    static Trial of(long seed) {
        return new Trial(seed, FIRST, JUDGED, LAST);
    }

    Scenario scenario(Mali mali) {
        return new Scenario(seed, known, judgedUntil.plusDays(6), REGIONS, 0, outbreaks(mali), 0, false);
    }

    /** Of each disease as many, in districts and weeks drawn at random; one a disease, district and year at most. */
    private List<OutbreakOrder> outbreaks(Mali mali) {
        List<String> districts = mali.territory().communes().stream()
                .map(Commune::cercle2015)
                .map(cercle -> cercle.code())
                .distinct()
                .sorted()
                .toList();
        List<OutbreakOrder> orders = new ArrayList<>();
        for (String code : DISEASES) {
            OutbreakDisease disease = OutbreakDisease.named(code).orElseThrow();
            Chance chance = Chance.of(seed, Chance.key("trial"), Chance.key(code));
            Set<String> taken = new HashSet<>();
            int weeks = (int) ChronoUnit.WEEKS.between(judgedFrom, judgedUntil) - 2 * disease.weeks();
            while (taken.size() < OUTBREAKS_A_DISEASE) {
                LocalDate monday = judgedFrom.plusWeeks(disease.weeks() + chance.below(weeks));
                String district = chance.oneOf(districts);
                if (taken.add(district + monday.getYear())) {
                    orders.add(new OutbreakOrder(
                            disease,
                            district,
                            EpidemiologicalWeek.of(monday),
                            chance.oneOf(SIZES),
                            Curve.values()[chance.below(Curve.values().length)],
                            disease.weeks()));
                }
            }
        }
        return orders;
    }
}
