package ml.keneya.load.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A code list of the guide, as it is published.
 *
 * @param properties of each code, by their own codes
 */
record NationalList(Map<String, Map<String, String>> properties) {
    /** @param name such as {@code ml-vaccine} */
    static NationalList named(String name) {
        String path = "/ml.keneya.terminology/package/CodeSystem-" + name + ".json";
        try (InputStream content = NationalList.class.getResourceAsStream(path)) {
            if (content == null) {
                throw new FileNotFoundException(path);
            }
            Map<String, Map<String, String>> concepts = new LinkedHashMap<>();
            for (JsonNode concept : new ObjectMapper().readTree(content).path("concept")) {
                Map<String, String> properties = new LinkedHashMap<>();
                for (JsonNode property : concept.path("property")) {
                    property.properties().stream()
                            .filter(field -> field.getKey().startsWith("value"))
                            .forEach(field -> properties.put(
                                    property.path("code").asText(),
                                    field.getValue()
                                            .path("code")
                                            .asText(field.getValue().asText())));
                }
                concepts.put(concept.path("code").asText(), properties);
            }
            return new NationalList(concepts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Set<String> codes() {
        return properties.keySet();
    }
}
