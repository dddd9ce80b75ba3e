package ml.keneya.security.limits;

import ca.uhn.fhir.util.UrlUtil;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;

/**
 * How complicated a search may be. What clinics and the agency ask for lies far below; what lies above would keep the
 * database busy for everybody else.
 */
class SearchBudget {

    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    /** Of any type, or of all the references of one. */
    private static final Pattern EVERYTHING = Pattern.compile("(?:\\w+:)?\\*(?::\\w*)?");

    private final SearchLimitsSettings limits;

    SearchBudget(SearchLimitsSettings limits) {
        this.limits = limits;
    }

    /**
     * @param url of an entry of a bundle, or a condition
     * @throws RefusedException naming the limit
     */
    void check(String url) {
        int query = url.indexOf('?');
        if (query >= 0) {
            check(UrlUtil.parseQueryString(url.substring(query + 1)));
        }
    }

    /** @throws RefusedException naming the limit */
    void check(Map<String, String[]> parameters) {
        refuseAbove(
                RefusalCode.TOO_MANY_CONDITIONS,
                parameters.values().stream().mapToInt(given -> given.length).sum(),
                limits.conditions());
        refuseAbove(
                RefusalCode.TOO_MANY_VALUES,
                all(parameters).mapToInt(value -> COMMA.split(value, -1).length).sum(),
                limits.values());
        refuseAbove(
                RefusalCode.TOO_MANY_INCLUDES,
                parameters.entrySet().stream()
                        .filter(SearchBudget::isInclude)
                        .mapToInt(include -> include.getValue().length)
                        .sum(),
                limits.includes());
        parameters.entrySet().forEach(this::check);
        checkPlace(parameters);
    }

    /** HAPI ends a search without a word for an offset without a size, and takes it for a page where there is none. */
    private static void checkPlace(Map<String, String[]> parameters) {
        if (parameters.containsKey("_offset") && !parameters.containsKey("_count")) {
            throw refusal(RefusalCode.MISSING_PARAMETER, "_count");
        }
        if (parameters.containsKey("_offset") && parameters.containsKey("_getpages")) {
            throw refusal(RefusalCode.BAD_PARAMETER, "_offset", parameters.get("_offset")[0]);
        }
    }

    private void check(Map.Entry<String, String[]> parameter) {
        String name = parameter.getKey();
        checkPath(name);
        for (String value : parameter.getValue()) {
            if (isInclude(parameter) && EVERYTHING.matcher(value).matches()) {
                throw refusal(RefusalCode.INCLUDES_EVERYTHING, name + "=" + value);
            }
            switch (name) {
                case "_sort" -> Arrays.stream(value.split(",")).forEach(this::checkPath);
                case "_count" -> whole(name, value);
                case "_offset", "_getpagesoffset" -> refuseBeyond(whole(name, value));
                case "_place" -> refuseBeyond(whole(name, value.substring(value.indexOf('.') + 1)));
                default -> {
                    // What a value means is the storage's matter.
                }
            }
        }
    }

    /** Whoever follows the links is told that there is more; without it a search would end as if that were all. */
    private void refuseBeyond(long skipped) {
        refuseAbove(RefusalCode.TOO_FAR, skipped + 1, limits.offset());
    }

    private void checkPath(String name) {
        refuseAbove(
                RefusalCode.CHAIN_TOO_LONG,
                name.chars().filter(letter -> letter == '.').count(),
                limits.chain());
        refuseAbove(
                RefusalCode.REVERSE_CHAIN_TOO_LONG,
                Arrays.stream(name.split("[:.]")).filter("_has"::equals).count(),
                limits.reverseChain());
    }

    private static long whole(String name, String value) {
        if (!WHOLE.matcher(value).matches()) {
            throw refusal(RefusalCode.BAD_PARAMETER, name, value);
        }
        return Long.parseLong(value);
    }

    private static boolean isInclude(Map.Entry<String, String[]> parameter) {
        return parameter.getKey().startsWith("_include") || parameter.getKey().startsWith("_revinclude");
    }

    private static Stream<String> all(Map<String, String[]> parameters) {
        return parameters.values().stream().flatMap(Arrays::stream);
    }

    private static void refuseAbove(RefusalCode code, long asked, int limit) {
        if (asked > limit) {
            throw refusal(code, asked, limit);
        }
    }

    private static RefusedException refusal(RefusalCode code, Object... arguments) {
        return new RefusedException(Refusal.of(code, arguments));
    }
}
