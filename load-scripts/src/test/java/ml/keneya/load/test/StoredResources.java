package ml.keneya.load.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an {@link InMemoryExchange} keeps. */
public final class StoredResources {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();

    /**
     * Takes a transaction: resolves its inner references, honours ifNoneExist on identifiers, and answers as FHIR says.
     */
    ObjectNode take(JsonNode bundle, Set<String> lost) {
        Map<String, String> keys = new HashMap<>();
        ObjectNode answer =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction-response");
        ArrayNode entries = answer.putArray("entry");
        for (JsonNode entry : bundle.path("entry")) {
            String key = keyFor(entry);
            keys.put(entry.path("fullUrl").asText(), key);
            entries.addObject()
                    .putObject("response")
                    .put("status", byKey.containsKey(key) ? "200 OK" : "201 Created")
                    .put("location", key + "/_history/1");
            byKey.putIfAbsent(key, JSON.createObjectNode());
        }
        int index = 0;
        for (JsonNode entry : bundle.path("entry")) {
            String location =
                    entries.get(index++).path("response").path("location").asText();
            keep(location.replace("/_history/1", ""), entry.path("resource"), keys);
        }
        byKey.keySet().removeIf(key -> lost.contains(key.split("/")[0]));
        return answer;
    }

    private String keyFor(JsonNode entry) {
        String url = entry.path("request").path("url").asText();
        if (url.contains("/")) {
            return url;
        }
        String condition = entry.path("request").path("ifNoneExist").asText();
        if (condition.startsWith("identifier=")) {
            String identifier = condition.substring("identifier=".length());
            for (ObjectNode resource : ofType(url)) {
                if (identifiers(resource).anyMatch(identifier::equals)) {
                    return keyOf(resource);
                }
            }
        }
        return url + "/" + (byKey.size() + 1000);
    }

    private void keep(String key, JsonNode resource, Map<String, String> keys) {
        String text = resource.toString();
        for (Map.Entry<String, String> inner : keys.entrySet()) {
            text = inner.getKey().isEmpty() ? text : text.replace(inner.getKey(), inner.getValue());
        }
        try {
            ObjectNode kept = (ObjectNode) JSON.readTree(text);
            byKey.put(key, kept.put("id", key.split("/")[1]));
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Puts a resource in directly. */
    public void put(String json) {
        try {
            ObjectNode resource = (ObjectNode) JSON.readTree(json);
            byKey.put(keyOf(resource), resource);
        } catch (java.io.IOException broken) {
            throw new AssertionError(broken);
        }
    }

    public List<ObjectNode> ofType(String type) {
        return byKey.values().stream()
                .filter(resource -> resource.path("resourceType").asText().equals(type))
                .toList();
    }

    ObjectNode find(String key) {
        return byKey.get(key);
    }

    List<ObjectNode> matching(SearchQuery query) {
        return ofType(query.type()).stream()
                .filter(resource -> query.parameters().entrySet().stream()
                        .allMatch(parameter -> parameter.getValue().stream()
                                .allMatch(value -> matches(resource, parameter.getKey(), value))))
                .toList();
    }

    private static boolean matches(ObjectNode resource, String parameter, String value) {
        return switch (parameter) {
            case "_id" -> List.of(value.split(",")).contains(resource.path("id").asText());
            case "identifier" -> identifiers(resource).anyMatch(value::equals);
            case "organization" ->
                resource.path("managingOrganization").path("reference").asText().equals(value);
            case "date" -> isAt(resource.path("period"), value);
            case "_count", "_offset", "_include", "_include:iterate", "_revinclude" -> true;
            default -> throw new AssertionError("No such search parameter here: " + parameter);
        };
    }

    // A period matches ge when it ends at or after the value, and lt when it starts before it.
    private static boolean isAt(JsonNode period, String value) {
        String start = period.path("start").asText();
        String end = period.path("end").asText("9999");
        String date = value.substring(2);
        return value.startsWith("ge") ? end.compareTo(date) >= 0 : start.compareTo(date) < 0;
    }

    Collection<ObjectNode> companions(List<ObjectNode> page, SearchQuery query) {
        Set<ObjectNode> found = new LinkedHashSet<>();
        query.all("_revinclude").forEach(include -> page.forEach(target -> addReferring(found, target, include)));
        query.all("_include").forEach(include -> page.forEach(source -> addReferred(found, source, include)));
        Deque<ObjectNode> climbing = new ArrayDeque<>(found);
        while (!climbing.isEmpty() && query.all("_include:iterate").contains("Location:partof")) {
            ObjectNode parent =
                    byKey.get(climbing.pop().path("partOf").path("reference").asText());
            if (parent != null && found.add(parent)) {
                climbing.push(parent);
            }
        }
        return found;
    }

    private void addReferring(Set<ObjectNode> found, ObjectNode target, String include) {
        String[] parts = include.split(":");
        ofType(parts[0]).stream()
                .filter(resource -> Stream.of(parts[1], "subject")
                        .anyMatch(element -> resource.path(element)
                                .path("reference")
                                .asText()
                                .equals(keyOf(target))))
                .forEach(found::add);
    }

    private void addReferred(Set<ObjectNode> found, ObjectNode source, String include) {
        Stream<JsonNode> references = switch (include) {
            case "Encounter:diagnosis" -> elements(source.path("diagnosis")).map(each -> each.path("condition"));
            case "Encounter:location" -> elements(source.path("location")).map(each -> each.path("location"));
            default -> throw new AssertionError("No such include here: " + include);
        };
        references
                .map(reference -> byKey.get(reference.path("reference").asText()))
                .filter(resource -> resource != null)
                .forEach(found::add);
    }

    private static Stream<String> identifiers(JsonNode resource) {
        return elements(resource.path("identifier"))
                .map(identifier -> identifier.path("system").asText() + "|"
                        + identifier.path("value").asText());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String keyOf(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }
}
