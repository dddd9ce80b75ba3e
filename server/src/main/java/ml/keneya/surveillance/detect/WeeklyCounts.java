package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The cases of a disease in a place, week by week.
 *
 * @param first the Monday from which on the place is known to send anything; what lies before is not known to be zero
 * @param cases by Monday; a week that is not there, from the first on, had none
 * @param inhabitants of the place; empty where nobody has said how many there are
 */
public record WeeklyCounts(LocalDate first, Map<LocalDate, Integer> cases, OptionalInt inhabitants) {

    public WeeklyCounts {
        cases = Map.copyOf(cases);
    }

    int in(LocalDate monday) {
        return cases.getOrDefault(monday, 0);
    }

    /** How many weeks before this one are known; negative where it is itself before the first. */
    long weeksBefore(LocalDate monday) {
        return ChronoUnit.WEEKS.between(first, monday);
    }
}
