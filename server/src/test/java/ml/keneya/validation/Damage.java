package ml.keneya.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One element of a record taken away, doubled, of another type, of another value, or with more inside. */
final class Damage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ODD_VALUES =
            List.of("", "inconnu", "2026-02-30", "0000-00-00T25:61:00Z", "urn:uuid:", "#", "Patient/", "1e400", "  x ");

    private Damage() {}

    static String to(String record, Random random) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(record);
            List<ObjectNode> objects = new ArrayList<>();
            collect(root, objects);
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.remove("resourceType");
            if (!names.isEmpty()) {
                damage(object, names.get(random.nextInt(names.size())), random);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static void damage(ObjectNode object, String name, Random random) {
        JsonNode before = object.get(name);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 ->
                object.set(
                        name,
                        before instanceof ArrayNode many
                                ? doubled(many)
                                : NODES.arrayNode().add(before));
            case 2 -> object.set(name, before.isObject() ? NODES.textNode("texte") : NODES.objectNode());
            case 3 -> object.set(name, odd(before, random));
            case 4 -> object.set("inconnu", before);
            default ->
                object.set(
                        "extension",
                        NODES.arrayNode()
                                .add(NODES.objectNode()
                                        .put("url", "https://keneya.ml/fhir/StructureDefinition/ml-ext-applies-when")
                                        .set("extension", NODES.arrayNode().add(NODES.objectNode()))));
        }
    }

    private static ArrayNode doubled(ArrayNode many) {
        return NODES.arrayNode().addAll(many).addAll(many);
    }

    private static JsonNode odd(JsonNode before, Random random) {
        return before.isTextual()
                ? NODES.textNode(ODD_VALUES.get(random.nextInt(ODD_VALUES.size())))
                : NODES.numberNode(-1);
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }
}
