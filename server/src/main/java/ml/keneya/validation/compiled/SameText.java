package ml.keneya.validation.compiled;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.ResourceUtil;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.hl7.fhir.r4.model.Resource;

/**
 * Whether a record says no more and no less than the text it was read from. The official validator reads that text, so
 * what HAPI's parser overlooked or mended would be seen by one and not by the other.
 */
final class SameText {

    private final FhirContext context;
    private final ObjectMapper json = new ObjectMapper()
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    SameText(FhirContext context) {
        this.context = context;
    }

    /** Also where there is no such text: then the official validator is given the record as it would be written. */
    boolean isOf(Resource record) {
        String text = ResourceUtil.getRawStringFromResourceOrNull(record);
        if (text == null) {
            return true;
        }
        try {
            JsonNode read = json.readTree(text);
            return json.readTree(context.newJsonParser().encodeResourceToString(record))
                    .equals(read);
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
