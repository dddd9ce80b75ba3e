package ml.keneya.load.bundles;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.keneya.load.exchange.Issue;

/** How many bundles were refused for which reason; a bundle counts once for each of its reasons. */
final class RefusalCounts {
    private final SortedMap<String, Count> byCode = new TreeMap<>();

    /**
     * The bundles refused for one reason.
     *
     * @param example the first of them
     * @param words what the exchange said about it
     */
    record Count(long bundles, String example, String words) {
        private Count plusOne() {
            return new Count(bundles + 1, example, words);
        }
    }

    void add(Outcome.Refused refused) {
        List<Issue> reasons = refused.issues().stream().filter(Issue::isRefusal).toList();
        if (reasons.isEmpty()) {
            count("HTTP " + refused.status(), refused.name(), "");
        }
        Set<String> counted = new HashSet<>();
        for (Issue reason : reasons) {
            if (counted.add(reason.code())) {
                count(reason.code(), refused.name(), reason.toString());
            }
        }
    }

    private void count(String code, String example, String words) {
        byCode.merge(code, new Count(1, example, words), (known, one) -> known.plusOne());
    }

    SortedMap<String, Count> byCode() {
        return Collections.unmodifiableSortedMap(byCode);
    }
}
