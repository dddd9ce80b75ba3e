package ml.keneya.load.detect;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ml.keneya.load.detect.Counted.Injected;

/** How a rule did: over all trials that were added. */
final class Score {
    /** Cases of an outbreak still go on for a while after its last week, so signals there are no false alarms. */
    private static final int AFTER = 2;

    private static final double WEEKS_A_YEAR = 365.25 / 7;

    private final String rule;
    private final String disease;
    private int outbreaks;
    private int falseWeeks;
    private long toldWeeks;
    private final List<Integer> delays = new ArrayList<>();
    private final Map<Integer, int[]> bySize = new TreeMap<>();

    Score(String rule, String disease) {
        this.rule = rule;
        this.disease = disease;
    }

    /**
     * @param signals by place
     * @param told by place, how many weeks the rule could tell of
     * @param outbreaks of the disease, with the districts or areas in which a signal finds them
     */
    void add(Map<String, Set<LocalDate>> signals, Map<String, Integer> told, List<Injected> outbreaks) {
        toldWeeks += told.values().stream().mapToLong(Integer::longValue).sum();
        for (Injected outbreak : outbreaks) {
            this.outbreaks++;
            LocalDate first = outbreak.weeks().first();
            var found = new TreeSet<LocalDate>();
            signals.forEach((place, weeks) -> {
                if (place.startsWith(outbreak.district())) {
                    weeks.stream()
                            .filter(week -> !week.isBefore(first)
                                    && !week.isAfter(outbreak.weeks().last()))
                            .forEach(found::add);
                }
            });
            int[] ofSize = bySize.computeIfAbsent(outbreak.cases(), size -> new int[2]);
            ofSize[1]++;
            if (!found.isEmpty()) {
                ofSize[0]++;
                delays.add((int) ((found.first().toEpochDay() - first.toEpochDay()) / 7));
            }
        }
        signals.forEach((place, weeks) -> falseWeeks += (int) weeks.stream()
                .filter(week -> outbreaks.stream().noneMatch(outbreak -> covers(outbreak, place, week)))
                .count());
    }

    private static boolean covers(Injected outbreak, String place, LocalDate week) {
        return place.startsWith(outbreak.district())
                && !week.isBefore(outbreak.weeks().first())
                && !week.isAfter(outbreak.weeks().last().plusWeeks(AFTER));
    }

    String rule() {
        return rule;
    }

    String disease() {
        return disease;
    }

    int outbreaks() {
        return outbreaks;
    }

    int detected() {
        return delays.size();
    }

    /** In weeks after the week of the first case; of those that were found. */
    String medianDelay() {
        if (delays.isEmpty()) {
            return "–";
        }
        List<Integer> sorted = new ArrayList<>(delays);
        Collections.sort(sorted);
        return String.valueOf(sorted.get((sorted.size() - 1) / 2));
    }

    double placeYears() {
        return toldWeeks / WEEKS_A_YEAR;
    }

    /** Weeks with a signal and without an outbreak, for each place and year. */
    double falseAlarms() {
        return toldWeeks == 0 ? 0 : falseWeeks / placeYears();
    }

    /** Found of all, by the number of cases. */
    String bySize() {
        List<String> parts = new ArrayList<>();
        bySize.forEach((size, found) -> parts.add(size + ": " + found[0] + "/" + found[1]));
        return String.join(", ", parts);
    }
}
