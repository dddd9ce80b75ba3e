package ml.keneya.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseExtension;
import org.hl7.fhir.instance.model.api.IBaseReference;

/** Where in a resource type a reference may stand, for example {@code Encounter.participant.individual}. */
final class ReferencePaths {

    /** Where a value may be of any type; HAPI keeps the versions of references there as they are. */
    private static final Set<String> EXTENSIONS = Set.of("extension", "modifierExtension");

    private ReferencePaths() {}

    static Set<String> of(Collection<String> types, FhirContext context) {
        Set<String> paths = new TreeSet<>();
        types.forEach(type -> collect(type, context.getResourceDefinition(type), new ArrayDeque<>(), paths));
        return paths;
    }

    /** @param above the definitions on the way down, so that one that holds itself (a form's item) is visited once */
    private static void collect(
            String path,
            BaseRuntimeElementCompositeDefinition<?> parent,
            Deque<BaseRuntimeElementDefinition<?>> above,
            Set<String> paths) {
        above.push(parent);
        for (BaseRuntimeChildDefinition child : parent.getChildren()) {
            if (EXTENSIONS.contains(child.getElementName())) {
                continue;
            }
            boolean oneName = child.getValidChildNames().contains(child.getElementName());
            for (String name : child.getValidChildNames()) {
                if (name.endsWith("[x]")) {
                    continue;
                }
                // An element of several types goes by the name with the type; the library knows no other.
                String childPath = path + "." + (oneName ? child.getElementName() : name);
                BaseRuntimeElementDefinition<?> definition = child.getChildByName(name);
                if (definition == null || IBaseExtension.class.isAssignableFrom(definition.getImplementingClass())) {
                    continue;
                }
                if (IBaseReference.class.isAssignableFrom(definition.getImplementingClass())) {
                    paths.add(childPath);
                } else if (definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                        && !above.contains(definition)) {
                    collect(childPath, composite, above, paths);
                }
            }
        }
        above.pop();
    }
}
