package ml.keneya.surveillance.alert;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import ml.keneya.surveillance.detect.WeeklyCounts;
import ml.keneya.surveillance.detect.WeeklyRule;

/**
 * The weeks of a disease in a place.
 *
 * @param watched the disease and the place that is counted: a district or an area with known inhabitants
 * @param event what an alert of it is about: the district
 * @param first the Monday from which on the place is known to send anything
 * @param weeks by Monday
 */
record WatchedPlace(Event watched, Event event, LocalDate first, OptionalInt inhabitants, Map<LocalDate, Week> weeks) {

    static final Week NOTHING = new Week(0, 0, "");

    WatchedPlace {
        weeks = Map.copyOf(weeks);
    }

    /**
     * @param cases those that were not discarded
     * @param digest of their ids
     */
    record Week(int cases, int confirmed, String digest) {

        int count(boolean confirmedOnly) {
            return confirmedOnly ? confirmed : cases;
        }
    }

    boolean isDistrict() {
        return watched.equals(event);
    }

    boolean concerns(WeeklyRule rule) {
        return rule.disease().equals(watched.disease()) && (isDistrict() || rule.isForAreas());
    }

    Week week(LocalDate monday) {
        return weeks.getOrDefault(monday, NOTHING);
    }

    WeeklyCounts counts(boolean confirmedOnly) {
        Map<LocalDate, Integer> counts = new HashMap<>();
        weeks.forEach((monday, week) -> counts.put(monday, week.count(confirmedOnly)));
        return new WeeklyCounts(first, counts, inhabitants);
    }
}
