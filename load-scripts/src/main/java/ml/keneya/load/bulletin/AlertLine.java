package ml.keneya.load.bulletin;

import java.time.LocalDate;
import java.util.Optional;
import ml.keneya.load.agency.EpidemiologicalWeek;

/**
 * An alert of the exchange.
 *
 * @param place code of the division of before the reform, or of a facility
 * @param level code of {@code ml-alert-level}
 * @param beganOn first day of the event
 * @param raisedOn when the exchange raised it, if the caller may read its verification
 * @param closedOn empty while it is open
 * @param outcome code of {@code ml-verification-outcome}, empty while there is none
 */
record AlertLine(
        String disease,
        String place,
        String placeName,
        String level,
        LocalDate beganOn,
        Optional<LocalDate> raisedOn,
        Optional<LocalDate> closedOn,
        String outcome) {

    /** Where an alert stands in a week. */
    enum Standing {
        /** The event began in the week. */
        NEW,
        /** It began before and was not closed by the end of the week. */
        OPEN,
        /** It was closed in the week. */
        CLOSED
    }

    Standing in(EpidemiologicalWeek week) {
        if (closedOn.filter(week::contains).isPresent()) {
            return Standing.CLOSED;
        }
        return week.contains(beganOn) ? Standing.NEW : Standing.OPEN;
    }

    boolean isOf(String region) {
        return place.startsWith(region);
    }
}
