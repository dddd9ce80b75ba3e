package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What DHIS2 says of an import of data values: since 2.38 within a web message ({@code response}), before that bare.
 *
 * @param status {@code SUCCESS}, {@code WARNING} or {@code ERROR}
 * @param rejected places in the list that was sent, from 0; none when DHIS2 is too old to say
 */
record ImportSummary(
        String status, String description, Counts counts, List<Conflict> conflicts, Optional<Set<Integer>> rejected) {

    /** How DHIS2 counts; {@code ignored} are also values that it held already. */
    record Counts(long imported, long updated, long ignored, long deleted) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    imported + other.imported,
                    updated + other.updated,
                    ignored + other.ignored,
                    deleted + other.deleted);
        }

        long all() {
            return imported + updated + ignored + deleted;
        }
    }

    /**
     * Why values were not taken.
     *
     * @param code {@code E7640}; empty before 2.37
     * @param words DHIS2's own, in the language of the account
     * @param indexes of the values, where it says
     */
    record Conflict(String code, String words, Set<Integer> indexes) {}

    /** @return nothing when the answer is none of an import */
    static Optional<ImportSummary> in(JsonNode answer) {
        JsonNode summary = answer.path("response").has("importCount") ? answer.path("response") : answer;
        if (!summary.has("importCount")) {
            return Optional.empty();
        }
        JsonNode count = summary.path("importCount");
        List<Conflict> conflicts = new ArrayList<>();
        for (JsonNode conflict : summary.path("conflicts")) {
            String object = conflict.path("object").asText();
            String words = conflict.path("value").asText();
            conflicts.add(new Conflict(
                    conflict.path("errorCode").asText(),
                    object.isEmpty() || words.contains(object) ? words : words + " (" + object + ")",
                    numbers(conflict.path("indexes"))));
        }
        return Optional.of(new ImportSummary(
                summary.path("status").asText(),
                summary.path("description").asText(),
                new Counts(
                        count.path("imported").asLong(),
                        count.path("updated").asLong(),
                        count.path("ignored").asLong(),
                        count.path("deleted").asLong()),
                List.copyOf(conflicts),
                summary.path("rejectedIndexes").isArray()
                        ? Optional.of(numbers(summary.path("rejectedIndexes")))
                        : Optional.empty()));
    }

    private static Set<Integer> numbers(JsonNode array) {
        Set<Integer> numbers = new HashSet<>();
        array.forEach(each -> numbers.add(each.asInt()));
        return Set.copyOf(numbers);
    }

    /** The whole set was refused before any of its values was looked at. */
    boolean isAborted() {
        return status.equals("ERROR") && !conflicts.isEmpty() && counts.all() == 0;
    }

    /** The import broke; what it had stored by then is not said. */
    boolean isBroken() {
        return status.equals("ERROR") && !isAborted();
    }
}
