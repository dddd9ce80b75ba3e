package ml.keneya.export.pseudonymised;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.views.Pseudonyms;
import org.springframework.stereotype.Component;

/** What is handed on to those who count and need not know whom: which records, and what is left of them. */
@Component
public class Pseudonymisation {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElementRules rules = new ElementRules();
    private final HandedOnCodes codes = new HandedOnCodes();
    private final Pseudonyms pseudonyms;

    Pseudonymisation(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /** Of which something is handed on. */
    public Set<String> types() {
        return rules.types();
    }

    /**
     * Whether a record bears a label that keeps it from others, as in the schema {@code pseudonymised}: a rare disease
     * in a small village tells who the person is even without a name.
     */
    public static boolean isWithheld(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if ("meta".equals(name)) {
                    return isLabelled(JSON.readTree(parser));
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isLabelled(JsonNode meta) {
        for (JsonNode label : meta.path("security")) {
            String text =
                    label.path("system").asText() + "|" + label.path("code").asText();
            if (SensitivityLabels.RESTRICTING.contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** For one thread. */
    public PseudonymisesRecords begin() {
        return new PseudonymisesRecords(rules, codes, pseudonyms.keyed());
    }
}
