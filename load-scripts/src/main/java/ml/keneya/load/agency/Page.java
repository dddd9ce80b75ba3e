package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One page of a search: what was searched for, and what came along with it. */
record Page(List<JsonNode> matches, List<JsonNode> included) {
    static Page of(JsonNode bundle) {
        return new Page(
                entries(bundle).filter(Page::isMatch).map(Page::resource).toList(),
                entries(bundle).filter(Page::isIncluded).map(Page::resource).toList());
    }

    private static Stream<JsonNode> entries(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false);
    }

    private static boolean isMatch(JsonNode entry) {
        return mode(entry).equals("match");
    }

    private static boolean isIncluded(JsonNode entry) {
        return mode(entry).equals("include");
    }

    private static String mode(JsonNode entry) {
        return entry.path("search").path("mode").asText("match");
    }

    private static JsonNode resource(JsonNode entry) {
        return entry.path("resource");
    }
}
