package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads CodeableConcepts, Codings and extensions. */
final class Coded {
    private Coded() {}

    /** What a reader should see of a concept: the sender's words first, then a display, then the bare code. */
    static String label(JsonNode concept) {
        if (!concept.path("text").asText().isBlank()) {
            return concept.path("text").asText();
        }
        return codings(concept)
                .map(coding -> coding.path("display").asText(coding.path("code").asText()))
                .filter(label -> !label.isBlank())
                .findFirst()
                .orElse("");
    }

    static Optional<String> code(JsonNode concept, String system) {
        return codings(concept)
                .filter(coding -> coding.path("system").asText().equals(system))
                .map(coding -> coding.path("code").asText())
                .findFirst();
    }

    static Stream<JsonNode> codings(JsonNode concept) {
        return elements(concept.path("coding"));
    }

    static Stream<JsonNode> extensions(JsonNode element, String name) {
        return elements(element.path("extension"))
                .filter(extension -> extension.path("url").asText().equals(MaliCanonicals.extension(name)));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
