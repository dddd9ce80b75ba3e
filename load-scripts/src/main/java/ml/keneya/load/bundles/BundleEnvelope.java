package ml.keneya.load.bundles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The outermost elements of a bundle, read to the end without keeping what is inside.
 *
 * @param identified whether Bundle.identifier is there, by which the exchange knows a bundle that is sent again
 */
record BundleEnvelope(String resourceType, String type, boolean identified) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException when this is not one whole JSON object in UTF-8 */
    static BundleEnvelope of(byte[] content) throws IOException {
        // A decoder made by hand reports wrong bytes; the default one would quietly replace them.
        var text = new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder());
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
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "resourceType" -> resourceType = parser.getValueAsString("");
                case "type" -> type = parser.getValueAsString("");
                case "identifier" -> identified = value == JsonToken.START_OBJECT;
                default -> {}
            }
            parser.skipChildren();
        }
        return new BundleEnvelope(resourceType, type, identified);
    }

    boolean canBePosted() {
        return resourceType.equals("Bundle") && (type.equals("transaction") || type.equals("batch"));
    }
}
