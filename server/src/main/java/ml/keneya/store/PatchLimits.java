package ml.keneya.store;

import ca.uhn.fhir.interceptor.model.PrePatchDetails;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/**
 * Holds a patch to what it costs to apply, before it is applied. A copy may double the record, so a patch of two
 * kilobytes could fill the memory; a path with functions would have the server evaluate what a client thought up, for
 * as long as that takes.
 */
final class PatchLimits {

    private static final int MOST_OPERATIONS = 100;
    private static final int MOST_COPIES = 5;

    /** Characters of a record with its patch, were every copy to double it. */
    private static final long MOST_CHARACTERS = 10_000_000;

    /** Without positions: for them, HAPI 8.8.0 needs a library for drawing diagrams, which is not brought along. */
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z]+(?:\\.[A-Za-z]+)*+");

    private static final Pattern SELECTION = Pattern.compile("\\ssel\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    /** Steps with names and places, no search through all of the record and no function. */
    private static final Pattern PLAIN_SELECTION = Pattern.compile(
            "/?STEP(?:/STEP)*+(?:/text\\(\\))?".replace("STEP", "(?:@?[\\w:-]++|\\*)(?:\\[\\d{1,6}])?"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private PatchLimits() {}

    /**
     * @param size of the record in characters, asked for only when it matters
     * @throws RefusedException when applying it may cost too much
     */
    static void check(PrePatchDetails patch, IntSupplier size) {
        switch (patch.getPatchType()) {
            case JSON_PATCH -> checkJson(patch.getPatchBody(), size);
            case XML_PATCH -> checkXml(patch.getPatchBody());
            case FHIR_PATCH_JSON, FHIR_PATCH_XML -> {
                if (patch.getFhirPatchBody() instanceof Parameters parameters) {
                    checkFhir(parameters);
                }
            }
        }
    }

    private static void checkJson(String body, IntSupplier size) {
        JsonNode operations;
        try {
            operations = JSON.readTree(body);
        } catch (JsonProcessingException unreadable) {
            // Whoever applies it says so.
            return;
        }
        checkNumber(operations.size());
        long copies = StreamSupport.stream(operations.spliterator(), false)
                .filter(operation -> operation.path("op").asText().equals("copy"))
                .count();
        if (copies > MOST_COPIES
                || copies > 0 && (size.getAsInt() + (long) body.length()) << copies > MOST_CHARACTERS) {
            throw refused(
                    "Un correctif compte au plus " + MOST_COPIES + " « copy », sur une petite ressource.",
                    "A patch has at most " + MOST_COPIES + " \"copy\", of a small resource.");
        }
    }

    private static void checkXml(String body) {
        List<String> selections =
                SELECTION.matcher(body).results().map(PatchLimits::selection).toList();
        checkNumber(selections.size());
        if (!selections.stream().allMatch(path -> PLAIN_SELECTION.matcher(path).matches())) {
            throw refused(
                    "Un chemin XPath ne contient ici ni fonction ni « // ».",
                    "An XPath has neither function nor \"//\" here.");
        }
    }

    private static String selection(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static void checkFhir(Parameters patch) {
        checkNumber(patch.getParameter().size());
        boolean plain = patch.getParameter().stream()
                .flatMap(operation -> operation.getPart().stream())
                .filter(part -> "path".equals(part.getName()) || "name".equals(part.getName()))
                .map(ParametersParameterComponent::getValue)
                .allMatch(path -> path == null
                        || PLAIN_PATH
                                .matcher(String.valueOf(path.primitiveValue()))
                                .matches());
        if (!plain) {
            throw refused(
                    "Un chemin FHIRPath ne contient ici que des noms, Type.element ; pour le reste, envoyez un JSON Patch.",
                    "A FHIRPath has names only here, Type.element; for anything else send a JSON Patch.");
        }
    }

    private static void checkNumber(int operations) {
        if (operations > MOST_OPERATIONS) {
            throw refused(
                    "Un correctif compte au plus " + MOST_OPERATIONS + " opérations.",
                    "A patch has at most " + MOST_OPERATIONS + " operations.");
        }
    }

    private static RefusedException refused(String french, String english) {
        Localized words = language -> language == Language.ENGLISH ? english : french;
        return new RefusedException(Refusal.of(RefusalCode.BAD_PATCH, words));
    }
}
