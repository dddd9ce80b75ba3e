package ml.keneya.export;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;

/** {@code _typeFilter}: searches that choose the records of a type; those of one type are alternatives. */
final class TypeFilters {

    /** A comma may also stand between values; the next search begins with the name of a type. */
    private static final Pattern BETWEEN = Pattern.compile(",(?=[A-Z][A-Za-z]*\\?)");

    /** Of the parameters of all types those that are conditions; the others shape answers, and files have no shape. */
    private static final Set<String> CONDITIONS = Set.of("_id", "_lastUpdated", "_has");

    private TypeFilters() {}

    static List<String> read(List<String> given, List<String> types) {
        List<String> filters = new ArrayList<>();
        for (String text : given) {
            for (String filter : BETWEEN.split(text.strip())) {
                check(filter, types);
                filters.add(filter);
            }
        }
        return filters;
    }

    static Map<String, List<String>> byType(List<String> filters) {
        Map<String, List<String>> byType = new HashMap<>();
        filters.forEach(filter -> byType.computeIfAbsent(typeOf(filter), type -> new ArrayList<>())
                .add(filter));
        return byType;
    }

    private static void check(String filter, List<String> types) {
        int mark = filter.indexOf('?');
        if (mark < 0 || mark == filter.length() - 1 || !types.contains(typeOf(filter))) {
            throw refused(filter);
        }
        for (String pair : filter.substring(mark + 1).split("&", -1)) {
            String name = decoded(pair.replaceAll("[:.=].*", ""), filter);
            if (!pair.contains("=") || name.isEmpty() || name.startsWith("_") && !CONDITIONS.contains(name)) {
                throw refused(filter);
            }
        }
    }

    /** HAPI decodes once more: what is hidden behind a percent sign must not pass. */
    private static String decoded(String name, String filter) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw refused(filter);
        }
    }

    private static String typeOf(String filter) {
        return filter.substring(0, Math.max(0, filter.indexOf('?')));
    }

    static RefusedException refused(String filter) {
        int longest = 200;
        return new RefusedException(Refusal.of(
                RefusalCode.EXPORT_FILTER, filter.length() <= longest ? filter : filter.substring(0, longest) + "…"));
    }
}
