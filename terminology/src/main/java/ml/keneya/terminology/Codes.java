package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every code system that the lists mention, with the concepts of ours; whoever mentions a code asks here. */
final class Codes {

    private final Map<String, Row> systems;
    private final Map<String, Map<String, Row>> concepts = new LinkedHashMap<>();

    Codes(Lists lists) {
        systems = lists.rowsBy("id", "systems");
        for (var system : systems.values()) {
            if (isComplete(system)) {
                var id = system.text("id");
                concepts.put(id, lists.rowsBy("code", "codesystem/" + id));
            }
        }
        lists.refuseStrangers("codesystem", concepts.keySet());
    }

    Collection<Row> systems() {
        return systems.values();
    }

    static boolean isOurs(Row system) {
        return system.optional("canonical").isEmpty();
    }

    static boolean isComplete(Row system) {
        return switch (system.text("content")) {
            case "complete" -> true;
            case "not-present" -> false;
            default -> throw system.refusal("content is complete or not-present");
        };
    }

    String canonical(Row mention, String system) {
        return registered(mention, system)
                .optional("canonical")
                .orElseGet(() -> Heading.canonical("CodeSystem", system));
    }

    /** All concepts of one of our systems, in the order of its file. */
    Collection<Row> concepts(Row mention, String system) {
        registered(mention, system);
        return concepts.getOrDefault(system, Map.of()).values();
    }

    /** The concept behind a code; empty where the content of the system is kept elsewhere, so that nobody can tell. */
    Optional<Row> concept(Row mention, String system, String code) {
        registered(mention, system);
        if (!concepts.containsKey(system)) {
            return Optional.empty();
        }
        var concept = concepts.get(system).get(code);
        if (concept == null) {
            throw mention.refusal("%s has no code %s".formatted(system, code));
        }
        return Optional.of(concept);
    }

    /** A code and, where we know it, its French name. */
    ObjectNode named(Row mention, String system, String code) {
        var node = JsonNodeFactory.instance.objectNode().put("code", code);
        concept(mention, system, code).ifPresent(concept -> node.put("display", concept.text("display_fr")));
        return node;
    }

    ObjectNode coding(Row mention, String system, String code) {
        return named(mention, system, code).put("system", canonical(mention, system));
    }

    private Row registered(Row mention, String system) {
        var row = systems.get(system);
        if (row == null) {
            throw mention.refusal("systems.csv has no row " + system);
        }
        return row;
    }
}
