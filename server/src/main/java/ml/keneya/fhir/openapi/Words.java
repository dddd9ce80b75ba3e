package ml.keneya.fhir.openapi;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import ml.keneya.fhir.Language;

/** The words of the document and of the page, in the reader's language. */
final class Words {

    private final ResourceBundle messages;
    private final Language language;

    Words(Language language) {
        this.language = language;
        this.messages = ResourceBundle.getBundle(
                "ml.keneya.fhir.openapi.words",
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String say(String key, Object... arguments) {
        return new MessageFormat(messages.getString(key), language.locale()).format(arguments);
    }
}
