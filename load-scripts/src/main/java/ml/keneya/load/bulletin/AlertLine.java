package ml.keneya.load.bulletin;

import java.time.LocalDate;
import java.util.Optional;
import ml.keneya.load.agency.EpidemiologicalWeek;

/**
 * An alert of the exchange.
 *
 * @param region of before the reform; empty where it is not known
 * @param place code of a division, or of a facility
 * @param level code of {@code ml-alert-level}
 * @param beganOn first day of the event
 * @param raisedOn when the exchange raised it, if the caller may read its verification
 * @param closedOn empty while it is open
 * @param outcome code of {@code ml-verification-outcome}, empty while there is none
 */
record AlertLine(
        String disease,
        String region,
        String place,
        String placeName,
        String level,
        LocalDate beganOn,
        Optional<LocalDate> raisedOn,
        Optional<LocalDate> closedOn,
        String outcome) {

    /** Where an alert stands in a week; a new one may have been closed in it too. */
    enum Standing {
        /** The event began in the week. */
        NEW,
        /** It began before and was not closed by the end of the week. */
        OPEN,
        /** It began before, and was closed in the week. */
        CLOSED
    }

    Standing in(EpidemiologicalWeek week) {
        if (week.contains(beganOn)) {
            return Standing.NEW;
        }
        return isClosedIn(week) ? Standing.CLOSED : Standing.OPEN;
    }

    boolean isClosedIn(EpidemiologicalWeek week) {
        return closedOn.filter(week::contains).isPresent();
    }

    boolean isOf(String other) {
        return region.equals(other);
    }
}
