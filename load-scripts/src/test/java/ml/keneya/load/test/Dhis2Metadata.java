package ml.keneya.load.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the stand-in of DHIS2 knows of elements, units and combinations, and what it therefore refuses. */
final class Dhis2Metadata {
    static final String DEFAULT_COMBO = "HllvX50cXC0";

    /** What a value is known by. */
    record Key(String dataElement, String period, String orgUnit, String optionCombo) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }

    final Map<String, String> uids = new HashMap<>();
    final Map<String, String> codes = new HashMap<>();
    final Map<String, String> valueTypes = new HashMap<>();
    final Set<String> zeroIsNothing = new HashSet<>();
    final Set<String> units = new HashSet<>();
    final Set<String> ofOthers = new HashSet<>();
    final Set<String> assigned = new HashSet<>();
    final Set<String> combos = new HashSet<>(Set.of(DEFAULT_COMBO));
    final Set<String> closed = new HashSet<>();
    private final String dataSet;

    Dhis2Metadata(String dataSet) {
        this.dataSet = dataSet;
        known(dataSet);
    }

    /** The identifier of what has a code. */
    String known(String code) {
        return uids.computeIfAbsent(code, each -> {
            // Eleven letters and digits, beginning with a letter.
            String uid = "u%010d".formatted(uids.size());
            codes.put(uid, code);
            return uid;
        });
    }

    /** By code or by UID; what has neither is what it was called. */
    String identified(String named, Map<String, String> parameters, String scheme) {
        String wanted = parameters.getOrDefault(scheme, parameters.getOrDefault("idScheme", "uid"));
        return wanted.equalsIgnoreCase("code") ? uids.getOrDefault(named, "?" + named) : named;
    }

    /** The first check that fails decides; the order is theirs. */
    boolean isRefused(Key key, JsonNode value, int index, Dhis2Summary summary) {
        String element = value.path("dataElement").asText();
        String unit = value.path("orgUnit").asText();
        String number = value.path("value").asText();
        String type = valueTypes.get(key.dataElement());
        if (type == null) {
            summary.note(
                    "E7610",
                    "dataElement",
                    element,
                    "Data element not found or not accessible: `" + element + "`",
                    index);
        } else if (!key.period().matches("\\d{4}W([1-9]|[1-4]\\d|5[0-3])")) {
            summary.note("E7611", "period", key.period(), "Period not valid: `" + key.period() + "`", index);
        } else if (!units.contains(key.orgUnit())) {
            summary.note(
                    "E7612", "orgUnit", unit, "Organisation unit not found or not accessible: `" + unit + "`", index);
        } else if (!combos.contains(key.optionCombo())) {
            String combo = value.path("categoryOptionCombo").asText();
            summary.note(
                    "E7613",
                    "categoryOptionCombo",
                    combo,
                    "Category option combo not found or not accessible for writing data: `" + combo + "`",
                    index);
        } else if (ofOthers.contains(key.orgUnit())) {
            summary.note(
                    "E7617",
                    "orgUnit",
                    unit,
                    "Organisation unit: `" + unit + "` not in hierarchy of current user: `keneya`",
                    index);
        } else if (number.isEmpty()) {
            summary.note(
                    "E7618",
                    "value",
                    "",
                    "Data value or comment not specified for data element: `" + element + "`",
                    index);
        } else if (!fits(number, type)) {
            summary.note(
                    "E7619",
                    "value",
                    element,
                    "Value must match data element's `" + element + "` type constraints: " + type,
                    index);
        } else if (!assigned.contains(key.orgUnit())) {
            summary.note(
                    "E7636",
                    "orgUnit",
                    unit,
                    "Data element: `" + element + "` must be assigned through data sets to organisation unit: `" + unit
                            + "`",
                    index);
        } else if (closed.contains(key.period())) {
            summary.note(
                    "E7640",
                    "period",
                    key.period(),
                    "Current date is past expiry days for period: `" + key.period() + "`  and data set: `" + dataSet
                            + "`",
                    index);
        } else {
            return false;
        }
        return true;
    }

    private static boolean fits(String number, String type) {
        return switch (type) {
            case "INTEGER_ZERO_OR_POSITIVE" -> number.matches("0|[1-9]\\d*");
            case "INTEGER_POSITIVE" -> number.matches("[1-9]\\d*");
            case "BOOLEAN" -> number.matches("(?i)true|false|1|0|t|f");
            default -> throw new IllegalArgumentException(type);
        };
    }
}
