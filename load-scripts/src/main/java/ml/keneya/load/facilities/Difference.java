package ml.keneya.load.facilities;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a list changes in one element of a record.
 *
 * @param path of the element, such as {@code Location.position.latitude}
 * @param from what is kept, or empty
 * @param to what the list says, or empty
 */
record Difference(String path, String from, String to) {

    /** The elements that differ, in the order of their paths. */
    static List<Difference> between(JsonNode kept, JsonNode wanted) {
        String type = wanted.path("resourceType").asText();
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        flatten(type, kept, before);
        flatten(type, wanted, after);
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(before.get(path), after.get(path))) {
                differences.add(new Difference(path, before.getOrDefault(path, ""), after.getOrDefault(path, "")));
            }
        }
        return differences;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            node.properties().forEach(property -> flatten(path + "." + property.getKey(), property.getValue(), leaves));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                flatten(path + "[" + index + "]", node.get(index), leaves);
            }
        } else {
            leaves.put(path, node.asText());
        }
    }
}
