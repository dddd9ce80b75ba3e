package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.OptionalDouble;

/** How a rule finds out whether a week has too many cases. */
interface Detector {

    /**
     * With how many cases in the week the rule is fulfilled, whatever their number is.
     *
     * @return empty where the rule cannot tell: without inhabitants, or with too short a past
     */
    OptionalDouble limit(WeeklyCounts counts, LocalDate monday);

    /** Whether the cases must be more than the limit; otherwise as many are enough. */
    boolean mustExceed();
}
