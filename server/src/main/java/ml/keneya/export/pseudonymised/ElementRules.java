package ml.keneya.export.pseudonymised;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import org.jspecify.annotations.Nullable;

/** What is left of records of each type. A type that is not here is handed on to nobody under pseudonyms. */
final class ElementRules {

    private static final Pattern STEP = Pattern.compile("(_?[A-Za-z]+)(?:\\[(ml-ext-[a-z-]+)])?(?:\\.|$)");

    private final Map<String, KeptElement> types = new HashMap<>();

    /** @throws IllegalStateException when a line of the file says nothing that is understood */
    ElementRules() {
        RuleLines.in("elements.csv").forEach(line -> {
            try {
                element(line.first()).ruled(ElementRule.of(line.second()));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalStateException("elements.csv: " + line.first() + "," + line.second(), unknown);
            }
        });
    }

    private KeptElement element(String path) {
        Matcher step = STEP.matcher(path);
        KeptElement element = null;
        int read = 0;
        while (step.lookingAt()) {
            String name = step.group(1);
            element =
                    element == null ? types.computeIfAbsent(name, each -> new KeptElement()) : element.partOrNew(name);
            if (step.group(2) != null) {
                element = element.partOrNew(extension(Canonicals.BASE + "/StructureDefinition/" + step.group(2)));
            }
            read = step.end();
            step.region(read, path.length());
        }
        if (element == null || read < path.length()) {
            throw new IllegalArgumentException(path);
        }
        return element;
    }

    /** Under which name an extension of that address is kept among the parts. */
    static String extension(String url) {
        return "[" + url + "]";
    }

    Set<String> types() {
        return new TreeSet<>(types.keySet());
    }

    @Nullable
    KeptElement of(String type) {
        return types.get(type);
    }
}
