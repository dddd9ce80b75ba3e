package ml.keneya.surveillance.alert;

import java.time.LocalDate;

/**
 * A case as the views know it.
 *
 * @param division {@code 2015}, {@code 2023} or {@code health}: whose code the place is
 * @param place the cercle where the person lives; for lack of one that of the facility, the facility itself, the
 *     country
 * @param day of onset, else of record, notification or arrival: never absent
 * @param classification a code of {@code ml-case-classification}; {@code discarded} also for what was entered in error
 */
record KnownCase(String id, String disease, String division, String place, LocalDate day, String classification) {

    static final String DISCARDED = "discarded";

    Event event() {
        return new Event(disease, division, place);
    }

    boolean isDiscarded() {
        return classification.equals(DISCARDED);
    }
}
