package ml.keneya.surveillance.alert;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import ml.keneya.surveillance.EpidemiologicalWeek;
import ml.keneya.surveillance.detect.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A week that had too many cases of a disease in a place when it was looked at.
 *
 * @param division and place: what was counted
 * @param caseLimit how many cases the rule needs, or which number they must exceed
 * @param holds whether it still has too many
 * @param alert the alert that it raised or joined
 */
record KnownSignal(
        long id,
        String disease,
        String division,
        String place,
        LocalDate monday,
        String level,
        String rule,
        boolean confirmedOnly,
        int cases,
        double caseLimit,
        boolean holds,
        String eventDivision,
        String eventPlace,
        @Nullable UUID alert) {

    /** What was counted. */
    WeekOfPlace week() {
        return new WeekOfPlace(division, place, monday);
    }

    Event event() {
        return new Event(disease, eventDivision, eventPlace);
    }

    boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }

    /** For whoever verifies; in French, as all words of a record are. */
    String remark() {
        String counted = new EpidemiologicalWeek(monday) + ", " + division + "|" + place + " : " + cases + " cas";
        return holds
                ? counted + String.format(Locale.FRENCH, ", seuil %.1f (%s)", caseLimit, rule)
                : counted + ", le seuil n'est plus atteint (" + rule + ")";
    }
}
