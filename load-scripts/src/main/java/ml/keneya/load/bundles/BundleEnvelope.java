package ml.keneya.load.bundles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The outermost elements of a bundle, read to the end without keeping what is inside.
 *
 * @param identified whether Bundle.identifier is there, by which the exchange knows a bundle that is sent again
 * @param replaces whether an entry replaces, changes or deletes a record, so that order decides what stands at the end
 * @param facility the code of the site that numbered the bundle (Bundle.identifier.assigner), or empty
 */
record BundleEnvelope(String resourceType, String type, boolean identified, boolean replaces, String facility) {
    private static final String FACILITY = "https://keneya.ml/id/facility";

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> REPLACING = Set.of("PUT", "PATCH", "DELETE");

    /** @throws IOException when this is not one whole JSON object in UTF-8 */
    static BundleEnvelope of(InputStream content) throws IOException {
        // A decoder made by hand reports wrong bytes; the default one would quietly replace them.
        var text = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            BundleEnvelope envelope = readObject(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "More than one document");
            }
            return envelope;
        }
    }

    private static BundleEnvelope readObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "Not an object");
        }
        String resourceType = "";
        String type = "";
        boolean identified = false;
        boolean replaces = false;
        String facility = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "resourceType" -> resourceType = parser.getValueAsString("");
                case "type" -> type = parser.getValueAsString("");
                case "identifier" -> {
                    identified = value == JsonToken.START_OBJECT;
                    facility = identified ? assigner(parser) : "";
                }
                case "entry" -> replaces = value == JsonToken.START_ARRAY && someEntryReplaces(parser);
                default -> {}
            }
            parser.skipChildren();
        }
        return new BundleEnvelope(resourceType, type, identified, replaces, facility);
    }

    /** Reads Bundle.identifier to its end. */
    private static String assigner(JsonParser parser) throws IOException {
        String facility = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean assigner = parser.currentName().equals("assigner");
            if (parser.nextToken() == JsonToken.START_OBJECT && assigner) {
                facility = facilityOf(parser);
            }
            parser.skipChildren();
        }
        return facility;
    }

    private static String facilityOf(JsonParser assigner) throws IOException {
        String facility = "";
        while (assigner.nextToken() == JsonToken.FIELD_NAME) {
            boolean identifier = assigner.currentName().equals("identifier");
            if (assigner.nextToken() == JsonToken.START_OBJECT && identifier) {
                facility = code(assigner);
            }
            assigner.skipChildren();
        }
        return facility;
    }

    private static String code(JsonParser identifier) throws IOException {
        String system = "";
        String value = "";
        while (identifier.nextToken() == JsonToken.FIELD_NAME) {
            String field = identifier.currentName();
            identifier.nextToken();
            switch (field) {
                case "system" -> system = identifier.getValueAsString("");
                case "value" -> value = identifier.getValueAsString("");
                default -> {}
            }
            identifier.skipChildren();
        }
        return system.equals(FACILITY) ? value : "";
    }

    private static boolean someEntryReplaces(JsonParser parser) throws IOException {
        boolean found = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "An entry is an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean request = parser.currentName().equals("request");
                if (parser.nextToken() == JsonToken.START_OBJECT && request) {
                    found |= REPLACING.contains(method(parser));
                } else {
                    parser.skipChildren();
                }
            }
        }
        return found;
    }

    private static String method(JsonParser parser) throws IOException {
        String method = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = parser.currentName().equals("method");
            parser.nextToken();
            method = named ? parser.getValueAsString("") : method;
            parser.skipChildren();
        }
        return method;
    }

    boolean canBePosted() {
        return resourceType.equals("Bundle") && (type.equals("transaction") || type.equals("batch"));
    }
}
