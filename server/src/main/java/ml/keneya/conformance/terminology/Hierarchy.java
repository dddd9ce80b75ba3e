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

/**
 * Which code stands under which in a code system. What that means, a kind of something or a part of it, the system says
 * in {@code hierarchyMeaning}.
 */
final class Hierarchy {

    private final Map<String, String> parents = new LinkedHashMap<>();

    private Hierarchy() {}

    static Hierarchy of(CodeSystem system) {
        Hierarchy hierarchy = new Hierarchy();
        system.getConcept().forEach(hierarchy::note);
        return hierarchy;
    }

    private void note(ConceptDefinitionComponent parent) {
        for (ConceptDefinitionComponent child : parent.getConcept()) {
            parents.put(child.getCode(), parent.getCode());
            note(child);
        }
    }

    List<String> childrenOf(String code) {
        List<String> children = new ArrayList<>();
        parents.forEach((child, parent) -> {
            if (parent.equals(code)) {
                children.add(child);
            }
        });
        return children;
    }

    boolean isAbove(String code, String other) {
        return above(other).anyMatch(code::equals);
    }

    /** The nearest code above that meets a condition. */
    @Nullable
    String nearestAbove(String code, Predicate<String> condition) {
        return above(code).filter(condition).findFirst().orElse(null);
    }

    private Stream<String> above(String code) {
        return Stream.iterate(parents.get(code), above -> above != null, parents::get);
    }
}
