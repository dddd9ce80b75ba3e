package ml.keneya.export.pseudonymised;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;

/** Which codes tell of no person: those of known systems that look like codes of theirs. */
final class HandedOnCodes {

    private static final String OURS = "ml-";
    private static final String ALL_BELOW = "*";

    private final Map<String, Pattern> systems = new LinkedHashMap<>();
    private final Map<String, Pattern> beginnings = new LinkedHashMap<>();

    HandedOnCodes() {
        RuleLines.in("systems.csv").forEach(line -> {
            String named = line.first();
            String system = named.startsWith(OURS) ? Canonicals.BASE + "/CodeSystem/" + named : named;
            Pattern code = Pattern.compile(line.second());
            if (system.endsWith(ALL_BELOW)) {
                beginnings.put(system.substring(0, system.length() - ALL_BELOW.length()), code);
            } else {
                systems.put(system, code);
            }
        });
    }

    boolean hold(String system, String code) {
        return Optional.ofNullable(systems.get(system))
                .or(() -> beginnings.entrySet().stream()
                        .filter(each -> system.startsWith(each.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .filter(look -> look.matcher(code).matches())
                .isPresent();
    }
}
