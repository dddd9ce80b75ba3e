package ml.keneya.load.dhis2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What DHIS2 calls what we count, where we count it and of whom. As soon as the file of the installation has a line of
 * one kind, only its lines count for that kind: half of a list of codes is more often a mistake than a wish.
 *
 * <p>Every answer is the identifier in DHIS2, empty for what is meant not to be sent, or none where nobody has said.
 */
final class Mapping {
    /** The stratum that stands for all ages, sexes and residence statuses together. */
    static final String TOTAL = "total";

    private final Map<String, String> elements;
    private final Map<String, String> places;
    private final Map<String, String> combos;

    /**
     * @param elements by disease and count
     * @param places by code; when there are none, the codes of the exchange are those of DHIS2
     * @param combos by stratum, {@code age_group=0-11m&sex=female}; all of the same dimensions
     */
    Mapping(Map<String, String> elements, Map<String, String> places, Map<String, String> combos) {
        this.elements = Map.copyOf(elements);
        this.places = Map.copyOf(places);
        this.combos = new TreeMap<>(combos);
    }

    static String what(String disease, Count count) {
        return disease + "/" + count.code();
    }

    @Nullable
    String element(String what) {
        return elements.get(what);
    }

    @Nullable
    String orgUnit(String place) {
        return places.isEmpty() ? place : places.get(place);
    }

    /** Whether figures are sent by age, sex or residence status, and not as one total. */
    boolean tellsStrataApart() {
        return combos.keySet().stream().anyMatch(stratum -> !stratum.equals(TOTAL));
    }

    /** The combination of a total; empty for DHIS2's own. */
    String comboOfTotals() {
        return combos.getOrDefault(TOTAL, "");
    }

    /** All combinations in which figures are told apart: each gets a value, be it zero. */
    Collection<String> combosOfStrata() {
        TreeSet<String> targets = new TreeSet<>();
        combos.forEach((stratum, combo) -> {
            // Beside the strata a total would be counted twice.
            if (!stratum.equals(TOTAL) && !combo.isEmpty()) {
                targets.add(combo);
            }
        });
        return targets;
    }

    @Nullable
    String comboOf(Map<String, String> strata) {
        return combos.get(stratum(strata));
    }

    /** The stratum of a figure, told apart by what the file tells apart and nothing else. */
    String stratum(Map<String, String> strata) {
        List<String> dimensions = dimensions(combos.keySet().stream()
                .filter(each -> !each.equals(TOTAL))
                .findFirst()
                .orElse(""));
        return String.join(
                "&",
                dimensions.stream()
                        .map(dimension -> dimension + "=" + strata.getOrDefault(dimension, ""))
                        .toList());
    }

    /** The names in front of the equals signs. */
    static List<String> dimensions(String stratum) {
        return stratum.isEmpty()
                ? List.of()
                : List.of(stratum.split("&", -1)).stream()
                        .map(each -> each.split("=", 2)[0])
                        .toList();
    }
}
