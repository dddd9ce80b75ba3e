package ml.keneya.security.trace;

import java.util.List;
import java.util.Map;

/** How FHIR's interactions are sorted into the actions of an AuditEvent; all that is none of these is E, "execute". */
final class AuditAction {

    static final String EXECUTE = "E";

    private static final Map<String, List<String>> INTERACTIONS = Map.of(
            "C", List.of("create"),
            "R", List.of("read", "vread", "history-instance", "history-type", "history-system"),
            "U", List.of("update", "patch"),
            "D", List.of("delete"));

    private AuditAction() {}

    static String of(String interaction) {
        return INTERACTIONS.entrySet().stream()
                .filter(each -> each.getValue().contains(interaction))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(EXECUTE);
    }

    /** Empty for E. */
    static List<String> interactionsOf(String action) {
        return INTERACTIONS.getOrDefault(action, List.of());
    }

    static List<String> allOthers() {
        return INTERACTIONS.values().stream().flatMap(List::stream).toList();
    }
}
