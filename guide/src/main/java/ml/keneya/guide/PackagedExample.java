package ml.keneya.guide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The valid examples as resources of the package: what is sent needs neither an id nor a claim, but in a package an
 * example is found by the one and understood by the other.
 *
 * @param id {@code <profile>-<name>}, unless the example has its own
 * @param profile the canonical address of the profile that it is an example of
 */
record PackagedExample(String type, String id, String profile, Example example, JsonNode resource) {

    /** FHIR allows no longer id. */
    private static final int LONGEST_ID = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param profiles where the profiles' addresses begin */
    static List<PackagedExample> of(List<Example> examples, String profiles) {
        return examples.stream()
                .filter(example -> example.verdict().equals("valid"))
                .map(example -> of(example, profiles + example.profile()))
                .toList();
    }

    private static PackagedExample of(Example example, String profile) {
        try {
            ObjectNode sent = (ObjectNode) JSON.readTree(example.json());
            String type = sent.path("resourceType").asText();
            String id = sent.path("id").asText(example.profile() + "-" + example.name());
            if (id.length() > LONGEST_ID) {
                throw new IllegalStateException("The example's id is too long for FHIR, give it a shorter name: " + id);
            }
            ObjectNode resource =
                    JSON.createObjectNode().put("resourceType", type).put("id", id);
            ObjectNode meta =
                    sent.path("meta").isObject() ? (ObjectNode) sent.get("meta").deepCopy() : JSON.createObjectNode();
            if (!meta.has("profile")) {
                meta.putArray("profile").add(profile);
            }
            resource.set("meta", meta);
            sent.remove(List.of("resourceType", "id", "meta"));
            resource.setAll(sent);
            return new PackagedExample(type, id, profile, example, resource);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("Not JSON: " + example.name(), unreadable);
        }
    }

    /** Its name in the package. */
    String file() {
        return Published.EXAMPLES + type + "-" + id + ".json";
    }
}
