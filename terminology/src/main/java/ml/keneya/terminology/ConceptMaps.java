package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The maps between code systems; each pair carries how sure it is. */
record ConceptMaps(Lists lists, Codes codes, Heading heading) {

    private static final Set<String> EQUIVALENCES =
            Set.of("equivalent", "wider", "narrower", "inexact", "relatedto", "unmatched");

    List<ObjectNode> resources() {
        var maps = lists.rowsBy("id", "conceptmaps");
        lists.refuseStrangers("conceptmap", maps.keySet());
        return maps.values().stream().map(this::resource).toList();
    }

    private ObjectNode resource(Row about) {
        var groups = new LinkedHashMap<Systems, Map<String, ObjectNode>>();
        for (var pair : lists.rows("conceptmap/" + about.text("id"))) {
            var systems = Systems.of(pair, about);
            var element = groups.computeIfAbsent(systems, each -> new LinkedHashMap<>())
                    .computeIfAbsent(pair.text("source"), code -> codes.named(pair, systems.source(), code));
            element.withArray("target").add(target(pair, systems.target()));
        }
        var resource = heading.of("ConceptMap", about);
        var written = resource.putArray("group");
        groups.forEach((systems, elements) -> written.addObject()
                .put("source", codes.canonical(about, systems.source()))
                .put("target", codes.canonical(about, systems.target()))
                .putArray("element")
                .addAll(elements.values()));
        return resource;
    }

    /** From where to where a pair leads: as the row of the map says, or as the pair does when the map joins several. */
    private record Systems(String source, String target) {

        static Systems of(Row pair, Row about) {
            return new Systems(
                    about.optional("source_system").orElseGet(() -> pair.text("source_system")),
                    about.optional("target_system").orElseGet(() -> pair.text("target_system")));
        }
    }

    private ObjectNode target(Row pair, String system) {
        var equivalence = pair.text("equivalence");
        if (!EQUIVALENCES.contains(equivalence)) {
            throw pair.refusal("unknown equivalence " + equivalence);
        }
        if (equivalence.equals("unmatched") == pair.optional("target").isPresent()) {
            throw pair.refusal("unmatched, and only unmatched, has no target");
        }
        return pair.optional("target")
                .map(code -> codes.named(pair, system, code))
                .orElseGet(JsonNodeFactory.instance::objectNode)
                .put("equivalence", equivalence)
                .put("comment", comment(pair));
    }

    /** R4 has no element for certainty, and demands a comment on narrower targets: one sentence serves both. */
    private static String comment(Row pair) {
        var certainty = pair.isYes("certain") ? "Certain" : "Non certain";
        return Stream.concat(Stream.of(certainty), pair.optional("comment").stream())
                .collect(Collectors.joining(" : "));
    }
}
