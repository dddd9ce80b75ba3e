package ml.keneya.load.facilities;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.Json;

/** The records of the register that the exchange keeps already. */
final class KeptRegister {
    private static final int AT_ONCE = 50;

    private final Exchange exchange;
    private final Map<String, JsonNode> kept = new HashMap<>();

    KeptRegister(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Asks for some of them by their ids; ids are safe in an address. */
    void ask(String type, Collection<String> ids) {
        List<String> all = ids.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            String search = type + "?_id=" + String.join(",", some) + "&_count=" + 2 * AT_ONCE;
            for (JsonNode entry : exchange.search(exchange.base().under(search)).path("entry")) {
                JsonNode record = entry.path("resource");
                kept.put(
                        record.path("resourceType").asText() + "/"
                                + record.path("id").asText(),
                        record);
            }
        }
    }

    boolean has(String type, String id) {
        return kept.containsKey(type + "/" + id);
    }

    /**
     * A record as it is to stand: what the list says, and beside it what the list has no column for, such as the people
     * whom a facility serves. An empty cell of telephone or position leaves what is kept; a closing day, a facility
     * above and the rest are as the list has them.
     */
    ObjectNode merged(ObjectNode wanted) {
        JsonNode record = kept.get(address(wanted));
        if (record == null) {
            return wanted;
        }
        ObjectNode merged = record.deepCopy();
        merged.remove(List.of("meta", "text", "partOf"));
        Map.of("identifier", "system", "extension", "url").forEach((element, name) -> {
            ArrayNode items = items(merged.path(element), wanted.path(element), name);
            if (items.isEmpty()) {
                merged.remove(element);
            } else {
                merged.set(element, items);
            }
        });
        wanted.properties().forEach(property -> {
            if (!property.getKey().equals("identifier") && !property.getKey().equals("extension")) {
                merged.set(property.getKey(), property.getValue());
            }
        });
        return merged;
    }

    // In the order in which they are kept, so that the same list changes nothing.
    private static ArrayNode items(JsonNode kept, JsonNode wanted, String name) {
        Map<String, JsonNode> missing = new LinkedHashMap<>();
        wanted.forEach(item -> missing.put(item.path(name).asText(), item));
        ArrayNode items = Json.array();
        kept.forEach(item -> {
            JsonNode ours = missing.remove(item.path(name).asText());
            if (ours != null) {
                items.add(ours);
            } else if (!item.path(name).asText().equals(RegisterRecords.VALIDITY)) {
                items.add(item);
            }
        });
        missing.values().forEach(items::add);
        return items;
    }

    /** What the list would change in a record. */
    Change change(ObjectNode wanted) {
        JsonNode record = kept.get(address(wanted));
        if (record == null) {
            return Change.NEW;
        }
        return bare(record).equals(asRead(wanted)) ? Change.NONE : Change.CHANGED;
    }

    /** Element by element; nothing for a record that is not kept. */
    List<Difference> differences(ObjectNode wanted) {
        JsonNode record = kept.get(address(wanted));
        return record == null ? List.of() : Difference.between(bare(record), asRead(wanted));
    }

    // Without what the exchange adds by itself.
    private static ObjectNode bare(JsonNode record) {
        ObjectNode bare = record.deepCopy();
        bare.remove(List.of("meta", "text"));
        return bare;
    }

    private static String address(ObjectNode record) {
        return record.path("resourceType").asText() + "/" + record.path("id").asText();
    }

    // A number that was read is not of the kind of one that was put in.
    private static JsonNode asRead(ObjectNode wanted) {
        try {
            return Json.read(new ByteArrayInputStream(wanted.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    enum Change {
        NEW,
        CHANGED,
        NONE
    }
}
