package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Whether HAPI's parser kept all that a text says. It reads one object where a list belongs and a number that is
 * written as text, and leaves out what is empty: nothing is lost by that. Of two values where one belongs it keeps the
 * last, and an extension without a value it drops, without telling anybody.
 */
final class KeptWhole {

    private final FhirContext context;
    private final ObjectMapper json = new ObjectMapper()
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    KeptWhole(FhirContext context) {
        this.context = context;
    }

    /** @param text in JSON that the record was read from */
    boolean is(Resource record, String text) {
        try {
            Object written = said(context.newJsonParser().encodeResourceToString(record));
            return written != null && written.equals(said(text));
        } catch (JsonProcessingException | RuntimeException unwritable) {
            // HAPI reads some records that it cannot write again.
            return false;
        }
    }

    /** Without the id of the record, which HAPI takes from the address, or away from what is created. */
    private @Nullable Object said(String text) throws JsonProcessingException {
        JsonNode record = json.readTree(text);
        if (record instanceof ObjectNode members) {
            members.remove("id");
        }
        return plain(record);
    }

    /** What it says however it is written: maps, lists of several, texts; null where it says nothing. */
    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            node.fields().forEachRemaining(member -> {
                Object value = plain(member.getValue());
                if (value != null) {
                    members.put(member.getKey(), value);
                }
            });
            return members.isEmpty() ? null : members;
        }
        if (node.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            while (!items.isEmpty() && items.get(items.size() - 1) == null) {
                items.remove(items.size() - 1);
            }
            return items.size() == 1 ? items.get(0) : items.isEmpty() ? null : items;
        }
        String text = node.isNull() ? "" : node.asText();
        return text.isBlank() ? null : text;
    }
}
