package ml.keneya.fhir;

import ca.uhn.fhir.i18n.HapiLocalizer;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * HAPI's own messages in the language of the request that this thread works for. HAPI knows one language for a whole
 * server.
 */
public final class HapiMessages extends HapiLocalizer {

    private static final ResourceBundle FRENCH = bundle("ml.keneya.fhir.hapi_fr");

    /** Answers about codes are kept and given again to readers of another language: they are translated when given. */
    private static final Pattern KEPT = Pattern.compile("org\\.hl7\\.fhir\\.common\\.hapi\\.validation\\.support\\..*");

    @Override
    public String getMessage(String key, Object... arguments) {
        if (Language.current() == Language.ENGLISH || KEPT.matcher(key).matches() || !FRENCH.containsKey(key)) {
            return super.getMessage(key, arguments);
        }
        return new MessageFormat(template(key), Language.FRENCH.locale()).format(arguments);
    }

    /** The French text of a key of HAPI's catalogue, with its arguments in braces. */
    public static String template(String key) {
        return FRENCH.getString(key);
    }

    private static ResourceBundle bundle(String name) {
        return ResourceBundle.getBundle(
                name, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
