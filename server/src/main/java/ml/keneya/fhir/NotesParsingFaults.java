package ml.keneya.fhir;

import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.ParsingFault.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Notes what is wrong with a request body while HAPI parses it, instead of dropping it silently. Outside of that, when
 * definitions or stored records are parsed, it is as lenient as HAPI's own handler.
 */
class NotesParsingFaults extends LenientErrorHandler {

    private final ThreadLocal<@Nullable List<ParsingFault>> noted = new ThreadLocal<>();

    NotesParsingFaults() {
        // Its log lines would quote what was sent, and that may be about a person.
        super(false);
    }

    /** From here on, this thread parses what a client sent. */
    void begin() {
        noted.set(new ArrayList<>());
    }

    /** What was noted since it began; nothing when it did not. */
    List<ParsingFault> end() {
        List<ParsingFault> found = noted.get();
        noted.remove();
        return found == null ? List.of() : found;
    }

    @Override
    public void unknownElement(IParseLocation location, String element) {
        note(Kind.UNKNOWN_ELEMENT, element, "");
    }

    @Override
    public void unknownAttribute(IParseLocation location, String attribute) {
        note(Kind.UNKNOWN_ELEMENT, attribute, "");
    }

    @Override
    public void unexpectedRepeatingElement(IParseLocation location, String element) {
        note(Kind.WRONG_SHAPE, element, "");
    }

    @Override
    public void incorrectJsonType(
            IParseLocation location,
            String element,
            ValueType expected,
            @Nullable ScalarType expectedScalar,
            ValueType found,
            @Nullable ScalarType foundScalar) {
        // One object where a list of them belongs is kept as the only one of the list.
        if (expected != ValueType.ARRAY || element.startsWith("_")) {
            note(Kind.WRONG_SHAPE, element, "");
        }
    }

    @Override
    public void invalidValue(IParseLocation location, String value, String error) {
        if (noted.get() == null) {
            super.invalidValue(location, value, error);
        } else if (value != null && !value.isBlank()) {
            String element = location == null ? "?" : String.valueOf(location.getParentElementName());
            note(Kind.INVALID_VALUE, element, value);
        }
    }

    private void note(Kind kind, String element, String value) {
        List<ParsingFault> faults = noted.get();
        if (faults != null) {
            faults.add(new ParsingFault(kind, element, element, value));
        }
    }
}
