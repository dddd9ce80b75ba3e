package ml.keneya.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import ml.keneya.test.Translations;
import org.junit.jupiter.api.Test;

/** Every message of HAPI's catalogue, in both languages. */
class HapiMessagesTest {

    private final HapiMessages messages = new HapiMessages();

    @Test
    void translatesEveryMessageOfHapiWithAllItsArguments() {
        Map<String, String> english = Translations.in("/ca/uhn/fhir/i18n/hapi-messages.properties");
        english.values().removeIf(String::isEmpty);

        assertThat(english).hasSizeGreaterThan(180);
        Translations.assertFaithful(
                english,
                Translations.in("/ml/keneya/fhir/hapi_fr.properties"),
                in(Language.ENGLISH),
                (key, arguments) -> new java.text.MessageFormat(HapiMessages.template(key)).format(arguments),
                List.of(),
                List.of());
    }

    @Test
    void speaksTheLanguageOfTheRequest() {
        String key = "ca.uhn.fhir.jpa.dao.BaseStorageDao.missingBody";

        assertThat(in(Language.FRENCH).apply(key, new Object[0])).isEqualTo("La requête n'a pas de corps");
        assertThat(in(Language.ENGLISH).apply(key, new Object[0])).isEqualTo("No body was supplied in request");
        assertThat(messages.getMessage(key)).as("outside of a request").isEqualTo("La requête n'a pas de corps");
    }

    private BiFunction<String, Object[], String> in(Language language) {
        return (key, arguments) -> {
            try (Language.Spoken spoken = language.spoken()) {
                return messages.getMessage(key, arguments);
            }
        };
    }
}
