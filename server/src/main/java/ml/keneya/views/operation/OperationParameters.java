package ml.keneya.views.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;

/**
 * The parameters of an operation, from the address and from a Parameters resource in JSON. HAPI cannot read that one,
 * because it holds a ViewDefinition, which is no type of R4.
 */
final class OperationParameters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<JsonNode>> values;

    private OperationParameters(Map<String, List<JsonNode>> values) {
        this.values = values;
    }

    static OperationParameters read(Map<String, String[]> query, byte[] body) {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        query.forEach((name, texts) -> {
            for (String text : texts) {
                values.computeIfAbsent(name, each -> new ArrayList<>())
                        .add(JSON.getNodeFactory().textNode(text));
            }
        });
        if (body.length > 0) {
            for (JsonNode parameter : parameters(body).path("parameter")) {
                values.computeIfAbsent(parameter.path("name").asText(), each -> new ArrayList<>())
                        .add(value(parameter));
            }
        }
        return new OperationParameters(values);
    }

    private static JsonNode parameters(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject() && "Parameters".equals(json.path("resourceType").asText())) {
                return json;
            }
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "Parameters"));
        } catch (JsonProcessingException unreadable) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, unreadable.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new IllegalStateException("The body is in memory.", impossible);
        }
    }

    private static JsonNode value(JsonNode parameter) {
        if (parameter.has("resource")) {
            return parameter.path("resource");
        }
        for (Map.Entry<String, JsonNode> member : parameter.properties()) {
            if (member.getKey().startsWith("value")) {
                return member.getValue().has("reference") ? member.getValue().path("reference") : member.getValue();
            }
        }
        return JSON.getNodeFactory().textNode("");
    }

    /** What is silently left out would be believed to have been heeded. */
    void refuseAllBut(Set<String> known) {
        values.forEach((name, given) -> {
            if (!known.contains(name)) {
                throw bad(name, given.get(0));
            }
        });
    }

    Optional<JsonNode> one(String name) {
        List<JsonNode> given = all(name);
        if (given.size() > 1) {
            throw bad(name, given.get(1));
        }
        return given.stream().findFirst();
    }

    Optional<String> text(String name) {
        return one(name).map(JsonNode::asText);
    }

    List<JsonNode> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    static RefusedException bad(String name, JsonNode value) {
        String shown = value.isTextual() ? value.asText() : value.toString();
        int longest = 100;
        return new RefusedException(Refusal.of(
                RefusalCode.BAD_PARAMETER,
                name,
                shown.length() <= longest ? shown : shown.substring(0, longest) + "…"));
    }
}
