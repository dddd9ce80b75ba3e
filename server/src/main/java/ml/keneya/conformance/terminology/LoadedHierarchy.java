package ml.keneya.conformance.terminology;

import java.util.List;
import java.util.function.Predicate;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import org.jspecify.annotations.Nullable;

/** The hierarchy of a loaded code system, where a code may stand under several. */
final class LoadedHierarchy implements Hierarchy {

    private final LoadedCodeSystems loaded;
    private final LoadedSystem system;

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
    public @Nullable String nearestAbove(String code, Predicate<String> condition) {
        return loaded.above(system, code).stream().filter(condition).findFirst().orElse(null);
    }
}
