package ml.keneya.security.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import org.springframework.stereotype.Component;

/**
 * Judges the parameters of a search. Whoever may filter by what others recorded learns of it from what is found, so a
 * search may look only at the records that are searched, and at the people they are about.
 */
@Component
class SearchesWithinRights {

    /** From an own record to the person it is about, one step: that person is treated here. */
    private static final Set<String> TO_PERSON = Set.of("patient", "patient:Patient", "subject:Patient");

    private static final Set<String> INCLUDES = Set.of(
            "_include",
            "_include:iterate",
            "_include:recurse",
            "_revinclude",
            "_revinclude:iterate",
            "_revinclude:recurse");
    private static final Pattern INCLUDE = Pattern.compile("([A-Z][A-Za-z]+):[A-Za-z-]+(?::([A-Z][A-Za-z]+))?");
    private static final Set<String> NEVER = Set.of(
            "_has", "_filter", "_content", "_text", "_list", "_query", "_security", "_tag", "_source", "_profile");

    /** What changes how a parameter is compared, and does not take the search to other records. */
    private static final Set<String> MODIFIERS = Set.of(
            "exact", "contains", "text", "missing", "not", "in", "not-in", "above", "below", "of-type", "identifier");

    /** A modifier that names the type of the record pointed to. */
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]+");

    /** The server's own conditions on whose a record is stand under these names; a client turns none of them round. */
    private static final Set<String> UNMODIFIED = Set.of("_id", "owner-facility");

    /** Nobody's numbers but those of places. */
    private static final Set<String> REGISTRY = Set.of("Organization", "Location", "HealthcareService");

    private final AccessTable table;

    SearchesWithinRights(AccessTable table) {
        this.table = table;
    }

    boolean allow(Caller caller, Scopes scopes, Wish wish) {
        return notAllowed(caller, scopes, wish).isEmpty();
    }

    /** The names of the parameters that are not allowed, as the caller wrote them. */
    List<String> notAllowed(Caller caller, Scopes scopes, Wish wish) {
        return wish.parameters().entrySet().stream()
                .filter(parameter -> !allow(caller, scopes, parameter.getKey(), parameter.getValue())
                        || asksForWhatIsHidden(caller, wish, parameter.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Whoever follows cases up is not shown the numbers of people, and does not find them out by searching or sorting
     * either; a chain would tell of a person whose own record is kept from them.
     */
    private static boolean asksForWhatIsHidden(Caller caller, Wish wish, String name) {
        if (!caller.role().followsUp()) {
            // A chain would tell of what stands behind a record that was sent.
            return caller.role().isService() && name.contains(".");
        }
        boolean sorted = name.equals("_sort")
                && Arrays.stream(wish.parameters().getOrDefault(name, new String[0]))
                        .anyMatch(value -> value.contains("identifier"));
        boolean numbers = sorted || name.replaceFirst(":.*", "").equals("identifier");
        boolean registry = wish.type() != null && REGISTRY.contains(wish.type());
        return numbers && !registry || name.contains(".");
    }

    private boolean allow(Caller caller, Scopes scopes, String name, String[] values) {
        if (INCLUDES.contains(name)) {
            return Arrays.stream(values).allMatch(value -> allowInclude(caller, scopes, value));
        }
        if (name.startsWith("_include") || name.startsWith("_revinclude")) {
            return false;
        }
        if (NEVER.contains(name.replaceFirst("[:.].*", ""))) {
            return false;
        }
        if (name.equals("_sort")) {
            return Arrays.stream(values).noneMatch(value -> value.contains(".") || value.contains(":"));
        }
        if (!Arrays.stream(name.split("\\.")).allMatch(SearchesWithinRights::isModifiedWithinRights)) {
            return false;
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            return true;
        }
        boolean oneStep = name.indexOf('.', dot + 1) < 0;
        return oneStep && TO_PERSON.contains(name.substring(0, dot)) && table.mayShow(caller, scopes, "Patient");
    }

    private static boolean isModifiedWithinRights(String step) {
        int colon = step.indexOf(':');
        if (colon < 0) {
            return true;
        }
        String parameter = step.substring(0, colon);
        String modifier = step.substring(colon + 1);
        // The owner of a task is a reference, whose type may be named.
        return !UNMODIFIED.contains(parameter)
                && (TYPE.matcher(modifier).matches() || (MODIFIERS.contains(modifier) && !"owner".equals(parameter)));
    }

    private boolean allowInclude(Caller caller, Scopes scopes, String value) {
        Matcher include = INCLUDE.matcher(value);
        return include.matches()
                && table.mayShow(caller, scopes, include.group(1))
                && (include.group(2) == null || table.mayShow(caller, scopes, include.group(2)));
    }
}
