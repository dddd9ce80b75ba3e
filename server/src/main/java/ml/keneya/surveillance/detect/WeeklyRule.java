package ml.keneya.surveillance.detect;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A threshold of weekly counts.
 *
 * @param code of {@code ml-alert-threshold}
 * @param disease of {@code ml-notifiable-disease}
 * @param level {@code alert} or {@code epidemic}
 * @param confirmedOnly whether only confirmed cases count; otherwise every case that was not discarded
 * @param smallest how many inhabitants a place must have, and {@code largest} may have, for the rule to apply; empty
 *     where their number plays no part
 * @param leastCases fewer in the week signal nothing
 */
public record WeeklyRule(
        String code,
        String disease,
        String level,
        boolean confirmedOnly,
        OptionalInt smallest,
        OptionalInt largest,
        int leastCases,
        Detector detector) {

    /** Rules that depend on inhabitants are for areas of any size, the others for districts. */
    public boolean isForAreas() {
        return smallest.isPresent() || largest.isPresent();
    }

    public boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }

    /** @return empty when the week is as it should be, or the rule cannot tell */
    public Optional<Signal> look(WeeklyCounts counts, LocalDate monday) {
        OptionalDouble limit = applies(counts.inhabitants()) ? detector.limit(counts, monday) : OptionalDouble.empty();
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        int cases = counts.in(monday);
        boolean reached = detector.mustExceed() ? cases > limit.getAsDouble() : cases >= limit.getAsDouble();
        return reached && cases >= leastCases
                ? Optional.of(new Signal(code, level, cases, limit.getAsDouble()))
                : Optional.empty();
    }

    /** Whether the rule has what it needs to tell anything of the week. */
    public boolean canTell(WeeklyCounts counts, LocalDate monday) {
        return applies(counts.inhabitants()) && detector.limit(counts, monday).isPresent();
    }

    private boolean applies(OptionalInt inhabitants) {
        if (!isForAreas()) {
            return true;
        }
        return inhabitants.isPresent()
                && inhabitants.getAsInt() >= smallest.orElse(0)
                && inhabitants.getAsInt() <= largest.orElse(Integer.MAX_VALUE);
    }
}
