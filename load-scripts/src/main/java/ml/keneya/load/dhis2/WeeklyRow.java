package ml.keneya.load.dhis2;

import java.util.Map;

/**
 * A line of the weekly report of the exchange.
 *
 * @param state {@code silent} when nobody has said anything, which is no zero
 * @param strata age group, sex and residence status, by the names of the report; empty where not known
 * @param counts suspected cases, confirmed cases and deaths, by {@link Count}; none when it is silent
 */
record WeeklyRow(
        String place, String name, String disease, String state, Map<String, String> strata, Map<Count, Long> counts) {
    WeeklyRow {
        strata = Map.copyOf(strata);
        counts = Map.copyOf(counts);
    }

    boolean isSilent() {
        return state.equals("silent");
    }
}
