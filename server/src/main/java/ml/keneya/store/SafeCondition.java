package ml.keneya.store;

import ca.uhn.fhir.util.UrlUtil;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The search of a conditional create or update, which must find the very record that it made: one identifier, or the
 * id. Any other search may find nothing of what it created a moment ago, and double it (HAPI issues 4736 and 5131).
 *
 * @param parameter {@code identifier} or {@code _id}
 * @param value as it was written, unescaped: {@code system|value}, or the value alone
 */
public record SafeCondition(String parameter, String value) {

    private static final Set<String> SAFE = Set.of("identifier", "_id");

    /**
     * @param search with or without the type, for example {@code Patient?identifier=https://keneya.ml/id/nina|123}
     * @param place of the search in what was sent
     * @throws RefusedException when it is not safe; no search at all is
     */
    public static void check(@Nullable String search, String place) {
        if (search != null && !search.isBlank() && in(search).isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.UNSAFE_CONDITION).at(place));
        }
    }

    /** The condition that a search makes; nothing when it is not safe. */
    static Optional<SafeCondition> in(String search) {
        Map<String, String[]> parameters = UrlUtil.parseQueryString(search.substring(search.indexOf('?') + 1));
        if (parameters.size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, String[]> only = parameters.entrySet().iterator().next();
        boolean oneValue = only.getValue().length == 1 && isOneValue(only.getValue()[0]);
        return SAFE.contains(only.getKey()) && oneValue
                ? Optional.of(new SafeCondition(only.getKey(), only.getValue()[0]))
                : Optional.empty();
    }

    private static boolean isOneValue(String value) {
        return !value.isBlank() && !value.contains(",") && !value.endsWith("|");
    }

    /** Nothing when the search names no system, or not by an identifier. */
    Optional<UniqueIdentifier> uniqueIdentifier() {
        int bar = value.indexOf('|');
        if (!"identifier".equals(parameter) || bar <= 0) {
            return Optional.empty();
        }
        UniqueIdentifier identifier = new UniqueIdentifier(value.substring(0, bar), value.substring(bar + 1));
        return Optional.of(identifier).filter(named -> UniqueIdentifier.isUnique(named.system()));
    }

    /** What the search looks for, without its system. */
    String bareValue() {
        return value.substring(value.indexOf('|') + 1);
    }
}
