package ml.keneya.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A record with one element changed.
 *
 * @param record the record before, in JSON
 * @param place which of its fields, counted from the top
 */
record Mutant(String record, int place, Change change) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "inconnu",
            "x ",
            " x",
            "a  b",
            "a\nb",
            "a\tb",
            "\u0001",
            "\u200b",
            "\u202e\u202d",
            "é",
            "<b>x</b>",
            "&lt;",
            "2026-02-30",
            "0000-00-00T25:61:00Z",
            "urn:uuid:",
            "urn:oid:1.2",
            "urn:uuid:1",
            "oid:1.2",
            "#",
            "#x",
            "Patient/",
            "Patient/a b",
            "Patient?x=y",
            "http://",
            "http://x y",
            "1e400",
            "-1",
            "0",
            "01",
            "true",
            "A".repeat(70),
            "\uD83D\uDE00",
            "\uD800");

    private static final List<String> MOMENTS = List.of(
            "2026",
            "2026-11",
            "2026-11-28",
            "2026-11-31",
            "2026-13-01",
            "2026-1-1",
            "1799-01-01",
            "0001",
            "2999-01-01",
            "2027-01-01T00:00:00Z",
            "2026-11-28T10:00",
            "2026-11-28T10:00:00",
            "2026-11-28T24:00:00Z",
            "2026-11-28T10:00:60Z",
            "2026-11-28T10:00:00.123456789Z",
            "2026-11-28T10:00:00+14:00",
            "2026-11-28T10:00:00+15:00",
            "2026-11-28T10:00:00+0100",
            "28/11/2026",
            "10:00:00",
            "1900-02-29",
            "-2026");

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "-0.0",
            "1.00",
            "1e2",
            "1E-9",
            "123456789012345678901",
            "0.123456789012345678901",
            "1e400",
            "7",
            "99999",
            "300",
            "0.0001");

    private static final List<String> SYSTEMS = List.of(
            "http://loinc.org",
            "http://snomed.info/sct",
            "http://unitsofmeasure.org",
            "http://example.org/x",
            "https://loinc.org",
            "http://hl7.org/fhir/ValueSet/administrative-gender",
            "loinc",
            "http://hl7.org/fhir/administrative-gender",
            "http://terminology.hl7.org/CodeSystem/v3-ActCode",
            "urn:ietf:rfc:3986",
            "https://tools.ietf.org/html/rfc4122",
            "http://hl7.org/fhir/unknown",
            "https://keneya.ml/fhir/CodeSystem/ml-vaccine",
            "urn:iso:std:iso:3166");

    private static final List<String> EXTENSIONS = List.of(
            "https://keneya.ml/fhir/StructureDefinition/ml-ext-applies-when",
            "https://keneya.ml/fhir/StructureDefinition/ml-ext-occupation",
            "https://keneya.ml/fhir/StructureDefinition/ml-ext-region",
            "https://keneya.ml/fhir/StructureDefinition/ml-ext-catchment-population",
            "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.x",
            "http://example.org/extension",
            "part",
            "https://keneya.ml/fhir/StructureDefinition/ml-ext-region|1.0");

    private static final List<String> CLAIMS = List.of(
            "http://hl7.org/fhir/StructureDefinition/vitalsigns", "http://hl7.org/fhir/StructureDefinition/Patient");

    /** What can be done to a field of an object. */
    enum Change {
        DROP,
        DOUBLE,
        RETYPE,
        ODD_TEXT,
        ODD_MOMENT,
        ODD_NUMBER,
        ODD_SYSTEM,
        OTHER_CASE,
        SPACE,
        EMPTY,
        RENAME,
        UNKNOWN_FIELD,
        ID,
        EXTEND,
        EXTEND_NESTED,
        EXTEND_VALUE,
        ONLY_EXTENSION,
        MODIFIER,
        SWAP,
        CONTAIN,
        NARRATE,
        LABEL,
        CLAIM,
        OTHER_KIND
    }

    /** Every change of every field. */
    static Stream<Mutant> of(String record) {
        int places = fields(read(record)).size();
        return Stream.iterate(0, place -> place < places, place -> place + 1)
                .flatMap(place -> Arrays.stream(Change.values()).map(change -> new Mutant(record, place, change)));
    }

    static Mutant any(String record, Random random) {
        Change[] changes = Change.values();
        return new Mutant(
                record,
                random.nextInt(Math.max(1, fields(read(record)).size())),
                changes[random.nextInt(changes.length)]);
    }

    /** A record with several changes at random places, in JSON: one may hide what is wrong with the other. */
    static String changed(String record, int times, Random random) {
        String text = record;
        for (int time = 0; time < times; time++) {
            text = any(text, random).json(random);
        }
        return text;
    }

    /** @param random which of several ways to do it */
    String json(Random random) {
        ObjectNode root = read(record);
        List<Field> fields = fields(root);
        if (place < fields.size()) {
            change(root, fields.get(place), fields, random);
        }
        return write(root);
    }

    private void change(ObjectNode root, Field field, List<Field> fields, Random random) {
        ObjectNode object = field.object();
        JsonNode before = field.value();
        switch (change) {
            case DROP -> object.remove(field.name());
            case DOUBLE -> object.set(field.name(), doubled(before));
            case RETYPE -> object.set(field.name(), retyped(before, random));
            case ODD_TEXT -> field.setScalar(NODES.textNode(any(TEXTS, random)));
            case ODD_MOMENT -> field.setScalar(NODES.textNode(any(MOMENTS, random)));
            case ODD_NUMBER -> field.setScalar(NODES.numberNode(new BigDecimal(any(NUMBERS, random))));
            case ODD_SYSTEM -> field.setScalar(NODES.textNode(any(SYSTEMS, random)));
            case OTHER_CASE -> field.setScalar(NODES.textNode(otherCase(before.asText())));
            case SPACE -> field.setScalar(NODES.textNode(before.asText() + " "));
            case EMPTY -> object.set(field.name(), random.nextBoolean() ? NODES.objectNode() : NODES.arrayNode());
            case RENAME -> {
                object.remove(field.name());
                object.set(renamed(field.name(), random), before);
            }
            case UNKNOWN_FIELD -> object.set("inconnu", before);
            case ID -> object.set("id", NODES.textNode(random.nextBoolean() ? "a1" : "a b"));
            case EXTEND -> object.set("extension", NODES.arrayNode().add(extension(random)));
            case EXTEND_NESTED ->
                object.set(
                        "extension",
                        NODES.arrayNode()
                                .add(NODES.objectNode()
                                        .put("url", any(EXTENSIONS, random))
                                        .set("extension", NODES.arrayNode().add(extension(random)))));
            case EXTEND_VALUE -> object.set("_" + field.name(), extended(before, random));
            case ONLY_EXTENSION -> {
                object.remove(field.name());
                object.set("_" + field.name(), extended(before, random));
            }
            case MODIFIER -> object.set("modifierExtension", NODES.arrayNode().add(extension(random)));
            case SWAP ->
                object.set(
                        field.name(),
                        fields.get(random.nextInt(fields.size())).value().deepCopy());
            case CONTAIN -> root.set("contained", NODES.arrayNode().add(contained(random)));
            case NARRATE -> root.set("text", narrative(random));
            case LABEL ->
                metaOf(root).set("security", doubled(NODES.objectNode().put("code", "R")));
            case CLAIM -> metaOf(root).set("profile", NODES.arrayNode().add(any(CLAIMS, random)));
            case OTHER_KIND -> root.put("resourceType", random.nextBoolean() ? "Basic" : "Observation");
        }
    }

    /** Made anew where an earlier change left something else in its place. */
    private static ObjectNode metaOf(ObjectNode root) {
        return root.get("meta") instanceof ObjectNode meta ? meta : root.putObject("meta");
    }

    private static ObjectNode extension(Random random) {
        ObjectNode extension = NODES.objectNode().put("url", any(EXTENSIONS, random));
        return switch (random.nextInt(4)) {
            case 0 -> extension;
            case 1 -> extension.put("valueString", any(TEXTS, random));
            case 2 -> extension.put("valueCode", "unknown");
            default ->
                extension.set(
                        "valueCoding",
                        NODES.objectNode()
                                .put("system", "https://keneya.ml/fhir/CodeSystem/ml-admin-division")
                                .put("code", "ML-1"));
        };
    }

    private static JsonNode extended(JsonNode before, Random random) {
        ObjectNode extended = NODES.objectNode();
        extended.set("extension", NODES.arrayNode().add(extension(random)));
        return before.isArray() ? NODES.arrayNode().add(extended) : extended;
    }

    private static ObjectNode contained(Random random) {
        ObjectNode organization =
                NODES.objectNode().put("resourceType", "Organization").put("name", "CSCom");
        return random.nextBoolean() ? organization.put("id", "o") : organization;
    }

    private static ObjectNode narrative(Random random) {
        String inside = random.nextBoolean() ? "x" : "<script>x</script>";
        return NODES.objectNode()
                .put("status", "generated")
                .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + inside + "</div>");
    }

    private static JsonNode doubled(JsonNode before) {
        return before instanceof ArrayNode many
                ? NODES.arrayNode().addAll(many).addAll(many.deepCopy())
                : NODES.arrayNode().add(before).add(before.deepCopy());
    }

    private static JsonNode retyped(JsonNode before, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> NODES.booleanNode(true);
            case 1 -> NODES.numberNode(7);
            case 2 -> NODES.objectNode().put("text", "x");
            case 3 -> NODES.textNode(before.isValueNode() ? before.asText() : "x");
            default ->
                before.isArray() && !before.isEmpty()
                        ? before.get(0)
                        : NODES.arrayNode().add(before);
        };
    }

    private static String otherCase(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }

    private static String renamed(String name, Random random) {
        List<String> kinds = List.of(
                "String", "Quantity", "CodeableConcept", "DateTime", "Boolean", "Reference", "Integer", "Period");
        String stem = name.replaceAll("(?<=[a-z])[A-Z].*", "");
        return stem + any(kinds, random);
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Field> fields(JsonNode node) {
        List<Field> found = new ArrayList<>();
        collect(node, found);
        return found;
    }

    private static void collect(JsonNode node, List<Field> found) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                if (!name.equals("resourceType")) {
                    found.add(new Field(object, name));
                }
            });
        }
        node.forEach(child -> collect(child, found));
    }

    private static ObjectNode read(String record) {
        try {
            return (ObjectNode) JSON.readTree(record);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static String write(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A field of an object somewhere in the record. */
    private record Field(ObjectNode object, String name) {

        JsonNode value() {
            return object.get(name);
        }

        /** In place of the first value of a list, so that the record stays well-formed. */
        void setScalar(JsonNode scalar) {
            if (value() instanceof ArrayNode many
                    && !many.isEmpty()
                    && many.get(0).isValueNode()) {
                many.set(0, scalar);
            } else if (value().isValueNode()) {
                object.set(name, scalar);
            }
        }
    }
}
