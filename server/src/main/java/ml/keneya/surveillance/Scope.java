package ml.keneya.surveillance;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param place all that lies in it is counted
 * @param level the places below it that are told apart; none when the place is counted as one
 * @param end the last day, which is included
 */
record Scope(Place place, @Nullable String level, LocalDate start, LocalDate end) {

    /** The week that the period is, if it is one. */
    Optional<EpidemiologicalWeek> week() {
        EpidemiologicalWeek first = EpidemiologicalWeek.of(start);
        return first.monday().equals(start) && first.sunday().equals(end) ? Optional.of(first) : Optional.empty();
    }
}
