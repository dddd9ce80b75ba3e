package ml.keneya.views.definition;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the constants that an expression uses, without those that FHIRPath and SQL on FHIR define themselves. */
final class ConstantNames {

    private static final Pattern LITERAL_OR_NAME =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|%`[^`]*`|%([A-Za-z_][A-Za-z0-9_-]*)");

    private static final Set<String> DEFINED_ELSEWHERE =
            Set.of("context", "resource", "rootResource", "sct", "loinc", "ucum", "us-zip", ViewFunctions.ROW_INDEX);

    private ConstantNames() {}

    static Set<String> in(String path) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = LITERAL_OR_NAME.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (name != null && !DEFINED_ELSEWHERE.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
