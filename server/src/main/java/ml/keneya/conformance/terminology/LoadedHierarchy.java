package ml.keneya.conformance.terminology;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import org.jspecify.annotations.Nullable;

/** The hierarchy of a loaded code system, where a code may stand under several. */
final class LoadedHierarchy implements Hierarchy {

    private final LoadedCodeSystems loaded;
    private final LoadedSystem system;

    /** Those that were read already. */
    private final Map<String, List<String>> parents = new HashMap<>();

    LoadedHierarchy(LoadedCodeSystems loaded, LoadedSystem system) {
        this.loaded = loaded;
        this.system = system;
    }

    @Override
    public List<String> childrenOf(String code) {
        return loaded.children(system, code);
    }

    @Override
    public boolean isAbove(String code, String other) {
        return loaded.above(system, other).contains(code);
    }

    @Override
    public void readAhead(Collection<String> codes) {
        Set<String> unread = new HashSet<>(codes);
        unread.removeAll(parents.keySet());
        if (!unread.isEmpty()) {
            Map<String, List<String>> read = loaded.parents(system, unread);
            unread.forEach(code -> parents.put(code, read.getOrDefault(code, List.of())));
        }
    }

    /** Level by level, so that a list of thousands of codes costs a question a level and not one a code. */
    @Override
    public @Nullable String nearestAbove(String code, Predicate<String> condition) {
        Set<String> seen = new HashSet<>(Set.of(code));
        Set<String> level = Set.of(code);
        while (!level.isEmpty()) {
            readAhead(level);
            Set<String> above = new TreeSet<>();
            level.forEach(each -> above.addAll(parents.getOrDefault(each, List.of())));
            above.removeIf(each -> !seen.add(each));
            for (String each : above) {
                if (condition.test(each)) {
                    return each;
                }
            }
            level = above;
        }
        return null;
    }
}
