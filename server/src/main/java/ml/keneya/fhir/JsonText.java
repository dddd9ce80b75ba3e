package ml.keneya.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses JSON that would do harm further in, in one pass that keeps nothing: text that HAPI's parser would read in its
 * own way (single quotes, a member named twice), nesting that exhausts the stack, a number of a dozen characters that
 * becomes a gigabyte when written out, characters that PostgreSQL cannot keep, and texts longer than FHIR's.
 */
final class JsonText {

    /** The number of objects and lists inside each other (decision 20). */
    static final int DEEPEST = 100;

    /** Characters of a {@code string} (R4, datatypes, 2.24.0.1: "SHALL NOT exceed 1MB"). */
    static final int LONGEST_TEXT = 1024 * 1024;

    /** Files in base64 and narratives, which only the body's own limit bounds. */
    private static final Pattern NO_TEXT = Pattern.compile("data|div|carrierAIDC|[A-Za-z]+Base64Binary");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // Ours speak first, with words of the catalogue.
                    .maxNestingDepth(DEEPEST + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']{1,64})'");

    private JsonText() {}

    static void check(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart() && ++depth > DEEPEST) {
                    throw new RefusedException(Refusal.of(RefusalCode.TOO_DEEP, DEEPEST));
                }
                if (token.isStructEnd()) {
                    depth--;
                }
                if (token.isNumeric() && HugeNumber.is(parser.getText())) {
                    throw new RefusedException(
                            Refusal.of(RefusalCode.HUGE_NUMBER, placeOf(parser), HugeNumber.LARGEST_EXPONENT));
                }
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (text && cannotBeKept(parser)) {
                    throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN_CHARACTER, placeOf(parser)));
                }
                if (text && parser.getTextLength() > LONGEST_TEXT && isText(String.valueOf(parser.currentName()))) {
                    throw new RefusedException(Refusal.of(RefusalCode.TEXT_TOO_LONG, placeOf(parser), LONGEST_TEXT));
                }
            }
        } catch (JsonProcessingException malformed) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNREADABLE, (Localized) language -> describe(malformed, language)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("The body is in memory.", impossible);
        }
    }

    /** @param name of the element; in a list that of none, since no file of R4 repeats */
    static boolean isText(String name) {
        return !NO_TEXT.matcher(name).matches();
    }

    /** NUL, and halves of a character: only an escape sequence can bring them, because the bytes are valid UTF-8. */
    private static boolean cannotBeKept(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int index = parser.getTextOffset(); index < end; index++) {
            char each = text[index];
            if (each == 0 || Character.isLowSurrogate(each)) {
                return true;
            }
            if (Character.isHighSurrogate(each)) {
                index++;
                if (index == end || !Character.isLowSurrogate(text[index])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where the parser stands, as a path from the top, for example {@code entry[3].resource.valueQuantity.value}. */
    private static String placeOf(JsonParser parser) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext each = parser.getParsingContext(); each != null; each = each.getParent()) {
            if (each.inObject() && each.getCurrentName() != null) {
                path.insert(0, "." + readable(each.getCurrentName()));
            } else if (each.inArray()) {
                path.insert(0, "[" + each.getCurrentIndex() + "]");
            }
        }
        return path.isEmpty() ? "?" : path.substring(path.charAt(0) == '.' ? 1 : 0);
    }

    private static String readable(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_-]", "?");
        return plain.length() <= 64 ? plain : plain.substring(0, 64) + "…";
    }

    private static String describe(JsonProcessingException malformed, Language language) {
        JsonLocation location = malformed.getLocation();
        if (location == null) {
            return "";
        }
        Matcher twice = TWICE.matcher(String.valueOf(malformed.getOriginalMessage()));
        return twice.find()
                ? Outcomes.message("json.twice", language, readable(twice.group(1)), location.getLineNr())
                : Outcomes.message("json.malformed", language, location.getLineNr(), location.getColumnNr());
    }
}
