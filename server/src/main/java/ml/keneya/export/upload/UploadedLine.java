package ml.keneya.export.upload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * One line of an upload.
 *
 * @param number from 1, empty lines counted
 * @param text empty when the line was too long to be kept
 * @param resourceType null when the line is not a record
 * @param id null when the record has none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares lines.
record UploadedLine(
        long number,
        byte[] text,
        boolean tooLong,
        @Nullable String resourceType,
        @Nullable String id) {

    private static final JsonFactory JSON = new JsonFactory();

    static UploadedLine tooLong(long number) {
        return new UploadedLine(number, new byte[0], true, null, null);
    }

    static UploadedLine of(long number, byte[] text) {
        try {
            // What would spoil the delivery of its neighbours must not come near them.
            InnerRequests.checkJson(text);
            return read(number, text);
        } catch (RefusedException | IOException unreadable) {
            return new UploadedLine(number, text, false, null, null);
        }
    }

    /** A line that is a transaction or a batch is a delivery already; a deletion in an export is one. */
    boolean standsAlone() {
        return resourceType == null || resourceType.equals("Bundle");
    }

    /** Only a text that is one object from its beginning to its end can be put between others. */
    private static UploadedLine read(long number, byte[] text) throws IOException {
        String type = null;
        String id = null;
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new UploadedLine(number, text, false, null, null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
                if (name.equals("resourceType") && isText) {
                    type = parser.getText();
                } else if (name.equals("id") && isText) {
                    id = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            boolean ends = parser.nextToken() == null;
            return new UploadedLine(number, text, false, ends ? type : null, id);
        }
    }
}
