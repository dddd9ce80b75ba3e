package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Our code systems as resources: concepts nested under their parents, in the order of the list. */
record CodeSystems(Codes codes, Properties properties, Heading heading) {

    private static final String NO_PARENT = "";

    List<ObjectNode> resources() {
        return codes.systems().stream()
                .filter(Codes::isOurs)
                .map(this::resource)
                .toList();
    }

    private ObjectNode resource(Row system) {
        var id = system.text("id");
        var resource = heading.of("CodeSystem", system);
        resource.put("caseSensitive", true);
        if (system.isYes("value_set")) {
            resource.put("valueSet", Heading.canonical("ValueSet", id));
        }
        system.optional("hierarchy").ifPresent(meaning -> resource.put("hierarchyMeaning", meaning));
        resource.put("content", system.text("content"));
        if (Codes.isComplete(system)) {
            list(system, codes.concepts(system, id), resource);
        }
        return resource;
    }

    private void list(Row system, Collection<Row> concepts, ObjectNode resource) {
        if (concepts.isEmpty()) {
            throw system.refusal("the list is complete and empty");
        }
        resource.put("count", concepts.size());
        properties.declare(concepts.iterator().next(), resource);
        var children = concepts.stream().collect(Collectors.groupingBy(concept -> parent(system, concept)));
        if (nest(NO_PARENT, children, resource) < concepts.size()) {
            throw system.refusal("some concepts are their own ancestors");
        }
    }

    private String parent(Row system, Row concept) {
        concept.optional("parent").ifPresent(parent -> codes.concept(concept, system.text("id"), parent));
        return concept.optional("parent").orElse(NO_PARENT);
    }

    private int nest(String parent, Map<String, List<Row>> children, ObjectNode node) {
        int nested = 0;
        for (var concept : children.getOrDefault(parent, List.of())) {
            var child = node.withArray("concept").addObject();
            describe(concept, child);
            nested += 1 + nest(concept.text("code"), children, child);
        }
        return nested;
    }

    private void describe(Row concept, ObjectNode node) {
        var french = concept.text("display_fr");
        node.put("code", concept.text("code")).put("display", french);
        concept.optional("definition_fr")
                .ifPresent(
                        definition -> Heading.bilingual(node, "definition", definition, concept.text("definition_en")));
        var designations = node.putArray("designation");
        designations.addObject().put("language", "fr").put("value", french);
        designations
                .addObject()
                .put("language", "en")
                .put("value", concept.optional("display_en").orElse(french));
        properties.state(concept, node);
    }
}
