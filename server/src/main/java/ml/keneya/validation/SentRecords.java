package ml.keneya.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts the records out of the JSON around them, character by character as they were sent. */
final class SentRecords {

    /** Of two members of one name it must not take another than HAPI does. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SentRecords() {}

    /**
     * @param body a bundle or Parameters
     * @param list the member of its that lists what holds a record
     * @return for each item of the list the text of its {@code resource}, empty where it has none; no item at all where
     *     the body cannot be read so
     */
    static List<String> inside(String body, String list) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = list.equals(parser.currentName());
                if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                    return ofItems(parser, body);
                }
                parser.skipChildren();
            }
            return List.of();
        } catch (IOException unreadable) {
            // HAPI reads more than this does; what it has read is judged then.
            return List.of();
        }
    }

    private static List<String> ofItems(JsonParser parser, String body) throws IOException {
        List<String> records = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            records.add(parser.currentToken() == JsonToken.START_OBJECT ? ofItem(parser, body) : "");
            parser.skipChildren();
        }
        return records;
    }

    private static String ofItem(JsonParser parser, String body) throws IOException {
        String record = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = "resource".equals(parser.currentName());
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            if (wanted && object) {
                record = body.substring(start, (int) parser.currentLocation().getCharOffset());
            }
        }
        return record;
    }
}
