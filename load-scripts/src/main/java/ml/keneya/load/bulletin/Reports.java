package ml.keneya.load.bulletin;

import java.util.OptionalDouble;

/**
 * Sites' own weekly reports in a place.
 *
 * @param expected owed for the week
 * @param received of those owed, until now
 * @param timely of those owed, by the Tuesday after the week
 * @param unexpected come beside those owed
 */
record Reports(long expected, long received, long timely, long unexpected) {
    static final Reports NONE = new Reports(0, 0, 0, 0);

    /** From 0 to 100; empty where none is owed. */
    OptionalDouble completeness() {
        return percent(received);
    }

    /** From 0 to 100; empty where none is owed. */
    OptionalDouble timeliness() {
        return percent(timely);
    }

    private OptionalDouble percent(long part) {
        return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / expected);
    }
}
