package ml.keneya.export;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reduces records of one type to the elements that were asked for (Bulk Data Access, {@code _elements}), as a stream.
 * Elements that FHIR requires stay, and so do those that change the meaning of others; the record is labelled as
 * reduced.
 */
final class KeptElements {

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private static final Set<String> ALWAYS = Set.of("resourceType", "id", "implicitRules", "modifierExtension");

    private final RuntimeResourceDefinition definition;
    private final Set<String> wanted;

    private KeptElements(RuntimeResourceDefinition definition, Set<String> wanted) {
        this.definition = definition;
        this.wanted = wanted;
    }

    /** Null when records of the type are wanted whole. */
    static @Nullable KeptElements of(FhirContext context, String type, List<String> elements) {
        Set<String> ofType = new HashSet<>();
        for (String element : elements) {
            if (element.indexOf('.') < 0) {
                ofType.add(element);
            } else if (element.startsWith(type + ".")) {
                ofType.add(element.substring(type.length() + 1));
            }
        }
        return ofType.isEmpty() ? null : new KeptElements(context.getResourceDefinition(type), Set.copyOf(ofType));
    }

    /** Whether an element is one of the top of the type, so that asking for it makes sense. */
    static boolean exist(FhirContext context, String type, String element) {
        RuntimeResourceDefinition definition = context.getResourceDefinition(type);
        return definition.getChildByName(element) != null || definition.getChildByName(element + "[x]") != null;
    }

    void write(byte[] record, ByteArrayOutputStream line) throws IOException {
        try (JsonParser parser = JSON.createParser(record);
                JsonGenerator generator = JSON.createGenerator(line)) {
            parser.nextToken();
            generator.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if ("meta".equals(name)) {
                    generator.writeFieldName(name);
                    writeMeta(parser, generator);
                } else if (isKept(name)) {
                    generator.writeFieldName(name);
                    copy(parser, generator);
                } else {
                    parser.skipChildren();
                }
            }
            generator.writeEndObject();
        }
    }

    private boolean isKept(String name) {
        String bare = name.startsWith("_") ? name.substring(1) : name;
        if (ALWAYS.contains(bare) || wanted.contains(bare)) {
            return true;
        }
        BaseRuntimeChildDefinition child = definition.getChildByName(bare);
        return child != null
                && (child.getMin() > 0 || wanted.contains(child.getElementName().replace("[x]", "")));
    }

    private static void writeMeta(JsonParser parser, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        boolean labelled = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            generator.writeFieldName(name);
            parser.nextToken();
            if ("tag".equals(name)) {
                generator.writeStartArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    copy(parser, generator);
                }
                writeLabel(generator);
                generator.writeEndArray();
                labelled = true;
            } else {
                copy(parser, generator);
            }
        }
        if (!labelled) {
            generator.writeArrayFieldStart("tag");
            writeLabel(generator);
            generator.writeEndArray();
        }
        generator.writeEndObject();
    }

    private static void writeLabel(JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
        generator.writeStringField("code", "SUBSETTED");
        generator.writeEndObject();
    }

    /** Numbers as they are written: 1.00 says more than 1. */
    private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        int depth = 0;
        do {
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    generator.writeStartObject();
                    depth++;
                }
                case END_OBJECT -> {
                    generator.writeEndObject();
                    depth--;
                }
                case START_ARRAY -> {
                    generator.writeStartArray();
                    depth++;
                }
                case END_ARRAY -> {
                    generator.writeEndArray();
                    depth--;
                }
                case FIELD_NAME -> generator.writeFieldName(parser.currentName());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
                default -> generator.copyCurrentEvent(parser);
            }
        } while (depth > 0 && parser.nextToken() != null);
    }
}
