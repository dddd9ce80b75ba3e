package ml.keneya.export.pseudonymised;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import ml.keneya.conformance.SensitiveCodes;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.views.Pseudonyms;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** What is handed on to those who count and need not know whom: which records, and what is left of them. */
@Component
public class Pseudonymisation {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElementRules rules = new ElementRules();
    private final HandedOnCodes codes = new HandedOnCodes();
    private final Pseudonyms pseudonyms;

    private final FhirContext context;
    private final SensitiveCodes sensitive;

    Pseudonymisation(Pseudonyms pseudonyms, FhirContext context, SensitiveCodes sensitive) {
        this.pseudonyms = pseudonyms;
        this.context = context;
        this.sensitive = sensitive;
    }

    /** Of which something is handed on. */
    public Set<String> types() {
        return rules.types();
    }

    /**
     * Whether a record bears a label that keeps it from others, as in the schema {@code pseudonymised}: a rare disease
     * in a small village tells who the person is even without a name. One that is older than its code in the table of
     * sensitive codes bears it too (decision 0076), though it is not stored.
     */
    public boolean isWithheld(String type, byte[] json) {
        if (isLabelled(json)) {
            return true;
        }
        if (SensitiveCodes.areOfNobody(type)) {
            return false;
        }
        Resource record = (Resource) context.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        return sensitive.lackingOn(record).stream().anyMatch(SensitivityLabels::isRestricting);
    }

    private static boolean isLabelled(byte[] json) {
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
