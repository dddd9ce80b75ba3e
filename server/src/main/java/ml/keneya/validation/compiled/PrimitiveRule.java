package ml.keneya.validation.compiled;

import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.PrimitiveType;

/** How values without children are written. */
enum PrimitiveRule implements Rule {
    WELL_WRITTEN;

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]");
    private static final Pattern BASE64 = Pattern.compile("(?:[A-Za-z0-9+/]{4})+");

    /** Types that this rule knows; the text of a narrative is none of them. */
    static final Set<String> TYPES = Set.of(
            "string",
            "markdown",
            "code",
            "id",
            "uri",
            "url",
            "canonical",
            "boolean",
            "integer",
            "unsignedInt",
            "positiveInt",
            "decimal",
            "date",
            "dateTime",
            "instant",
            "time",
            "base64Binary");

    @Override
    public Opinion of(Place place) {
        PrimitiveType<?> value = (PrimitiveType<?>) place.element();
        String text = value.getValueAsString();
        if (text == null || value.hasId()) {
            // Why there is none is said by an extension.
            return Opinion.sureIf(text == null && value.hasExtension() && !value.hasId());
        }
        return Opinion.sureIf(isWell(value.fhirType(), text));
    }

    private static boolean isWell(String type, String text) {
        return switch (type) {
            case "string" -> Text.isPlain(text);
            // What stands in these signs may be HTML.
            case "markdown" -> Text.isPlain(text) && text.indexOf('&') < 0 && text.indexOf('>') < 0;
            case "code" -> Text.isCode(text);
            case "id" -> Text.isId(text);
            case "uri" -> Text.isAddress(text) || Text.isName(text) || Text.isRequest(text);
            case "url", "canonical" -> Text.isAddress(text);
            // HAPI keeps other texts as they came and reads a value into some of them.
            case "boolean" -> text.equals("true") || text.equals("false");
            case "integer" -> INTEGER.matcher(text).matches();
            case "unsignedInt" -> INTEGER.matcher(text).matches() && text.charAt(0) != '-';
            case "positiveInt" -> INTEGER.matcher(text).matches() && text.charAt(0) > '0';
            case "decimal" -> DECIMAL.matcher(text).matches();
            case "date" -> Moment.read(text).filter(Moment::isDate).isPresent();
            case "dateTime" -> Moment.read(text).isPresent();
            case "instant" -> Moment.read(text).filter(Moment::hasTime).isPresent();
            case "time" -> TIME.matcher(text).matches();
            case "base64Binary" ->
                text.length() < 10_000 && BASE64.matcher(text).matches();
            default -> false;
        };
    }
}
