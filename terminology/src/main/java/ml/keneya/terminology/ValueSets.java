package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The value sets: whole systems, and choices written out code by code so that any expander works offline. */
record ValueSets(Lists lists, Codes codes, Heading heading) {

    List<ObjectNode> resources() {
        var choices = lists.rowsBy("id", "valuesets");
        lists.refuseStrangers("valueset", choices.keySet());
        var wholes = codes.systems().stream().filter(system -> system.isYes("value_set"));
        return Stream.concat(wholes.map(this::whole), choices.values().stream().map(this::choice))
                .toList();
    }

    private ObjectNode whole(Row system) {
        var resource = heading.of("ValueSet", system);
        resource.putObject("compose")
                .putArray("include")
                .addObject()
                .put("system", codes.canonical(system, system.text("id")));
        return resource;
    }

    private ObjectNode choice(Row about) {
        var chosen = new LinkedHashMap<String, ArrayNode>();
        for (var row : lists.rows("valueset/" + about.text("id"))) {
            var concepts = chosen.computeIfAbsent(row.text("system"), system -> JsonNodeFactory.instance.arrayNode());
            row.optional("filter")
                    .ifPresentOrElse(filter -> enumerate(row, filter, concepts), () -> name(row, concepts));
        }
        var resource = heading.of("ValueSet", about);
        var include = resource.putObject("compose").putArray("include");
        chosen.forEach((system, concepts) -> include.addObject()
                .put("system", codes.canonical(about, system))
                .set("concept", concepts));
        return resource;
    }

    /** A filter is worked out here, on our own lists, because an expander need not support it. */
    private void enumerate(Row row, String filter, ArrayNode concepts) {
        var column = filter.substring(0, Math.max(0, filter.indexOf('=')));
        var wanted = List.of(filter.substring(filter.indexOf('=') + 1).split("\\|"));
        var found = codes.concepts(row, row.text("system")).stream()
                .filter(concept ->
                        concept.optional(column).filter(wanted::contains).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw row.refusal(filter + " finds nothing");
        }
        found.forEach(concept -> concepts.addObject().put("code", concept.text("code")));
    }

    private void name(Row row, ArrayNode concepts) {
        var code = row.text("code");
        var node = concepts.addObject().put("code", code);
        if (codes.concept(row, row.text("system"), code).isEmpty()) {
            node.put("display", row.text("display_fr"));
            node.putArray("designation").addObject().put("language", "en").put("value", row.text("display_en"));
        }
    }
}
