package ml.keneya.export.pseudonymised;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import ml.keneya.views.Pseudonyms.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * Writes of each record what is left of it under pseudonyms, with the label of such data (HL7 v3 ObservationValue
 * {@code PSEUDED}). The record is read as a stream: what is not left is passed over and never becomes text.
 */
public final class PseudonymisesRecords {

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            // 1.00 says more than 1.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]+)?");
    private static final Pattern CODE_OF_FHIR = Pattern.compile("[a-z][a-z-]{0,30}");
    private static final Pattern RANK = Pattern.compile("\\d{1,2}");
    private static final Pattern FACILITY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String EXTENSION = "extension";
    private static final String REFERENCE = "reference";

    private final ElementRules rules;
    private final HandedOnCodes codes;
    private final Keyed pseudonyms;

    PseudonymisesRecords(ElementRules rules, HandedOnCodes codes, Keyed pseudonyms) {
        this.rules = rules;
        this.codes = codes;
        this.pseudonyms = pseudonyms;
    }

    /** The id under which a record is handed on. */
    public String id(String type, String id) {
        KeptElement kept = rules.of(type);
        return kept != null && kept.rule() == ElementRule.WHOLE ? id : pseudonyms.of(id);
    }

    /** @throws IllegalArgumentException when records of the type are not handed on at all */
    public void write(String type, byte[] record, ByteArrayOutputStream line) {
        KeptElement kept = rules.of(type);
        if (kept == null) {
            throw new IllegalArgumentException(type);
        }
        if (kept.rule() == ElementRule.WHOLE) {
            line.write(record, 0, record.length);
            return;
        }
        try (JsonParser parser = JSON.createParser(record)) {
            JSON.writeValue(line, left(type, parser, kept));
        } catch (IOException impossible) {
            throw new UncheckedIOException("What is stored is JSON, and memory does not fail.", impossible);
        }
    }

    private ObjectNode left(String type, JsonParser parser, KeptElement kept) throws IOException {
        ObjectNode left = JSON.createObjectNode();
        left.put("resourceType", type);
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            KeptElement part = kept.part(name);
            if ("id".equals(name)) {
                left.put("id", id(type, parser.getText()));
            } else if ("meta".equals(name)) {
                left.set("meta", meta(JSON.readTree(parser)));
            } else if (part == null) {
                parser.skipChildren();
            } else {
                JsonNode value = value(JSON.readTree(parser), part, name);
                if (value != null) {
                    left.set(name, value);
                }
            }
        }
        return left;
    }

    /**
     * Whose record it is stays, for whoever counts by facility; how it came, and what else it is labelled with, does
     * not.
     */
    private static ObjectNode meta(JsonNode meta) {
        ObjectNode left = JSON.createObjectNode();
        left.put("versionId", meta.path("versionId").asText());
        GeneralDates.week(meta.path("lastUpdated").asText())
                .ifPresent(monday -> left.put("lastUpdated", monday + "T00:00:00.000+00:00"));
        ArrayNode labels = left.putArray("security");
        for (JsonNode label : meta.path("security")) {
            String owner = label.path("code").asText();
            if (Canonicals.OWNER.equals(label.path("system").asText())
                    && FACILITY.matcher(owner).matches()) {
                labels.addObject().put("system", Canonicals.OWNER).put("code", owner);
            }
        }
        labels.addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
                .put("code", "PSEUDED");
        return left;
    }

    private @Nullable JsonNode value(JsonNode value, KeptElement kept, String name) {
        if (!value.isArray()) {
            return single(value, kept);
        }
        ArrayNode left = JSON.createArrayNode();
        for (JsonNode each : value) {
            JsonNode one = EXTENSION.equals(name) ? extension(each, kept) : single(each, kept);
            boolean enough = kept.rule() == ElementRule.FIRST && !left.isEmpty();
            if (one != null && !enough) {
                left.add(one);
            }
        }
        return left.isEmpty() ? null : left;
    }

    private @Nullable JsonNode extension(JsonNode extension, KeptElement kept) {
        String url = extension.path("url").asText();
        KeptElement known = kept.part(ElementRules.extension(url));
        if (known == null) {
            return null;
        }
        JsonNode left = parts(extension, known);
        if (left == null) {
            return null;
        }
        return JSON.createObjectNode().put("url", url).setAll((ObjectNode) left);
    }

    private @Nullable JsonNode single(JsonNode value, KeptElement kept) {
        return switch (kept.rule()) {
            case PARTS, FIRST -> parts(value, kept);
            case PLAIN -> plain(value);
            case RANK ->
                text(
                        value,
                        Optional.of(value.asText())
                                .filter(rank -> RANK.matcher(rank).matches()));
            case CONCEPT -> concept(value);
            case QUANTITY -> quantity(value);
            case WEEK -> text(value, GeneralDates.week(value.asText()));
            case MONTH -> text(value, GeneralDates.month(value.asText()));
            case WEEKS -> weeks(value);
            case REFERENCE -> reference(value);
            // Of a record only.
            case WHOLE -> null;
        };
    }

    private @Nullable JsonNode parts(JsonNode value, KeptElement kept) {
        if (!value.isObject()) {
            return null;
        }
        ObjectNode left = JSON.createObjectNode();
        value.fields().forEachRemaining(field -> {
            KeptElement part = kept.part(field.getKey());
            JsonNode one = part == null ? null : value(field.getValue(), part, field.getKey());
            if (one != null) {
                left.set(field.getKey(), one);
            }
        });
        return left.isEmpty() ? null : left;
    }

    private static @Nullable JsonNode plain(JsonNode value) {
        boolean isCode =
                value.isTextual() && CODE_OF_FHIR.matcher(value.asText()).matches();
        return isCode || value.isBoolean() || value.isNumber() ? value : null;
    }

    private static @Nullable JsonNode text(JsonNode value, Optional<String> left) {
        return value.isTextual() ? left.map(JSON.getNodeFactory()::textNode).orElse(null) : null;
    }

    /** Of a coding alone, or of a concept with several. */
    private @Nullable JsonNode concept(JsonNode value) {
        if (!value.isObject()) {
            return null;
        }
        if (!value.has("coding")) {
            return coding(value);
        }
        ArrayNode left = JSON.createArrayNode();
        value.path("coding").forEach(coding -> {
            ObjectNode one = coding(coding);
            if (one != null) {
                left.add(one);
            }
        });
        return left.isEmpty() ? null : JSON.createObjectNode().set("coding", left);
    }

    private @Nullable ObjectNode coding(JsonNode coding) {
        String system = coding.path("system").asText();
        String code = coding.path("code").asText();
        return codes.hold(system, code)
                ? JSON.createObjectNode().put("system", system).put("code", code)
                : null;
    }

    private @Nullable JsonNode quantity(JsonNode quantity) {
        JsonNode number = quantity.path("value");
        if (!number.isNumber()) {
            return null;
        }
        ObjectNode left = JSON.createObjectNode().set("value", number);
        JsonNode comparator = quantity.path("comparator");
        if (comparator.isTextual() && comparator.asText().matches("[<>]=?")) {
            left.set("comparator", comparator);
        }
        ObjectNode unit = coding(quantity);
        return unit == null ? left : left.setAll(unit);
    }

    private static @Nullable JsonNode weeks(JsonNode period) {
        ObjectNode left = JSON.createObjectNode();
        for (String end : new String[] {"start", "end"}) {
            if (period.path(end).isTextual()) {
                GeneralDates.week(period.path(end).asText()).ifPresent(monday -> left.put(end, monday));
            }
        }
        return left.isEmpty() ? null : left;
    }

    private @Nullable JsonNode reference(JsonNode reference) {
        Matcher relative = RELATIVE.matcher(reference.path(REFERENCE).asText());
        if (!relative.matches() || rules.of(relative.group(1)) == null) {
            return null;
        }
        String type = relative.group(1);
        return JSON.createObjectNode().put(REFERENCE, type + "/" + id(type, relative.group(2)));
    }
}
