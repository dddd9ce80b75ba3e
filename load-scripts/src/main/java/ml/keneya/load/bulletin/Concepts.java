package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import ml.keneya.load.exchange.Json;

/** What the codes of one of the national code systems are called. */
final class Concepts {
    private final Map<String, String> names = new TreeMap<>();

    /** @param codeSystem its id, {@code ml-notifiable-disease} */
    Concepts(String codeSystem, Locale language) {
        for (JsonNode concept : read(codeSystem).path("concept")) {
            String name = concept.path("display").asText();
            for (JsonNode designation : concept.path("designation")) {
                if (designation.path("language").asText().equals(language.getLanguage())) {
                    name = designation.path("value").asText();
                }
            }
            names.put(concept.path("code").asText(), name);
        }
    }

    /** A code that is not known stands for itself. */
    String name(String code) {
        return names.getOrDefault(code, code);
    }

    boolean has(String code) {
        return names.containsKey(code);
    }

    static JsonNode read(String codeSystem) {
        String path = "/ml.keneya.terminology/package/CodeSystem-" + codeSystem + ".json";
        try (InputStream list = Objects.requireNonNull(Concepts.class.getResourceAsStream(path), path)) {
            return Json.read(list);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
