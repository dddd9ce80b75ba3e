package ml.keneya.store;

import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.ServedTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a search over several types asks for. Its place is part of the address of every page, so nothing is kept between
 * two pages and a page never expires.
 *
 * @param types in the order of the answer
 * @param firstType index of the type that the page begins with, at its record number {@code offset}
 * @param asked the parameters as they were sent, without the place
 */
record SeveralTypesQuery(List<String> types, int firstType, int offset, int count, Map<String, String[]> asked) {

    /** Where a page begins: index of the type, and of the record among those of its type. */
    private static final String PLACE = "_place";

    private static final Pattern PLACE_FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,9})");
    private static final int USUAL_PAGE = 50;

    /** What shapes the answer; no condition on a record. */
    private static final Set<String> SHAPING =
            Set.of("_type", "_count", "_total", "_summary", "_elements", "_format", "_pretty", PLACE);

    private static final Set<String> CONDITIONS_OF_EVERY_TYPE = Set.of("_id", "_lastUpdated", "_has");

    static SeveralTypesQuery read(Map<String, String[]> parameters, ServedTypes served) {
        Map<String, String[]> asked = new TreeMap<>(parameters);
        String[] named = asked.getOrDefault("_type", new String[0]);
        List<String> types = Arrays.stream(named)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .distinct()
                .toList();
        if (types.isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.TYPES_MISSING));
        }
        for (String type : types) {
            if (!served.names().contains(type)) {
                throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_RESOURCE_TYPE, type, served.inWords()));
            }
        }
        asked.keySet().forEach(SeveralTypesQuery::refuseUnlessSupported);
        Matcher place = place(asked.remove(PLACE));
        int firstType = place == null ? 0 : Integer.parseInt(place.group(1));
        int offset = place == null ? 0 : Integer.parseInt(place.group(2));
        return new SeveralTypesQuery(types, firstType, offset, count(asked.get("_count")), asked);
    }

    /** True when the client wants to know how many there are. */
    boolean counts() {
        return onlyCounts() || Arrays.asList(values("_total")).contains("accurate");
    }

    boolean onlyCounts() {
        return count == 0 || Arrays.asList(values("_summary")).contains("count");
    }

    /** The same conditions as a search in one type. */
    String within(String type) {
        Map<String, String[]> conditions = new TreeMap<>(asked);
        conditions.keySet().removeAll(SHAPING);
        return type + "?" + query(conditions);
    }

    String self(String base) {
        return address(base, firstType, offset);
    }

    String next(String base, int type, int record) {
        return address(base, type, record);
    }

    private String address(String base, int type, int record) {
        Map<String, String[]> parameters = new TreeMap<>(asked);
        if (type > 0 || record > 0) {
            parameters.put(PLACE, new String[] {type + "." + record});
        }
        return base + "/?" + query(parameters);
    }

    private String[] values(String name) {
        return asked.getOrDefault(name, new String[0]);
    }

    private static String query(Map<String, String[]> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> Stream.of(values)
                .forEach(value -> pairs.add(UrlUtil.escapeUrlParam(name) + "=" + UrlUtil.escapeUrlParam(value))));
        return String.join("&", pairs);
    }

    private static void refuseUnlessSupported(String name) {
        String plain = name.replaceAll("[:.].*", "");
        boolean supported =
                !plain.startsWith("_") || SHAPING.contains(plain) || CONDITIONS_OF_EVERY_TYPE.contains(plain);
        if (!supported) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_SEARCH_PARAMETER, name, (Localized)
                    language -> Outcomes.message("search.several-types", language)));
        }
    }

    private static int count(String @Nullable [] values) {
        if (values == null || values.length == 0 || !values[0].matches("\\d{1,9}")) {
            return USUAL_PAGE;
        }
        return Math.min(Integer.parseInt(values[0]), StorageSettingsConfiguration.LARGEST_PAGE);
    }

    private static @Nullable Matcher place(String @Nullable [] values) {
        if (values == null || values.length == 0) {
            return null;
        }
        Matcher place = PLACE_FORM.matcher(values[0]);
        if (!place.matches()) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_SEARCH_PARAMETER, PLACE, ""));
        }
        return place;
    }
}
