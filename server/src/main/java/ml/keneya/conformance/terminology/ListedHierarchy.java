package ml.keneya.conformance.terminology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.jspecify.annotations.Nullable;

/** The hierarchy of a code system of the class path, where each code stands under one at most. */
final class ListedHierarchy implements Hierarchy {

    private final Map<String, String> parents = new LinkedHashMap<>();

    private ListedHierarchy() {}

    static Hierarchy of(CodeSystem system) {
        ListedHierarchy hierarchy = new ListedHierarchy();
        system.getConcept().forEach(hierarchy::note);
        return hierarchy;
    }

    private void note(ConceptDefinitionComponent parent) {
        for (ConceptDefinitionComponent child : parent.getConcept()) {
            parents.put(child.getCode(), parent.getCode());
            note(child);
        }
    }

    @Override
    public List<String> childrenOf(String code) {
        List<String> children = new ArrayList<>();
        parents.forEach((child, parent) -> {
            if (parent.equals(code)) {
                children.add(child);
            }
        });
        return children;
    }

    @Override
    public boolean isAbove(String code, String other) {
        return above(other).anyMatch(code::equals);
    }

    @Override
    public @Nullable String nearestAbove(String code, Predicate<String> condition) {
        return above(code).filter(condition).findFirst().orElse(null);
    }

    private Stream<String> above(String code) {
        return Stream.iterate(parents.get(code), above -> above != null, parents::get);
    }
}
