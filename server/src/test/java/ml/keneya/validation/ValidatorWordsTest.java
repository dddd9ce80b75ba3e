package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library's own messages, as it makes them up for records with a fault. */
class ValidatorWordsTest {

    private static final MaliOnTheClassPath MALI = MaliOnTheClassPath.load();
    private static final FhirValidator VALIDATOR = MALI.context()
            .newValidator()
            .registerValidatorModule(new MaliInstanceValidator(MALI.support(), MALI.workerContext(), MALI.profiles()));

    private static final String UNTRANSLATED = "(texte anglais)";
    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"https://keneya.ml/id/amo\",\"value\":\"1\"}],%s}";
    private static final String OBSERVATION = """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"display":"x"},
             "effectiveDateTime":"2026-11-10","valueString":"x",%s}""";

    private final ValidatorWords words = new ValidatorWords(MALI.profiles());

    static Stream<Arguments> faults() {
        return Stream.of(
                // The library names cardinalities without the ending of its templates for singular and plural.
                Arguments.of(
                        "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}",
                        "L'élément Observation.status est obligatoire : minimum 1, trouvé 0."),
                Arguments.of(
                        "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"}}",
                        "L'élément Encounter.subject est obligatoire : minimum 1, trouvé 0."),
                Arguments.of(
                        PATIENT.formatted("\"gender\":\"femme\""),
                        "La valeur « femme » n'est pas dans la liste obligatoire"),
                Arguments.of(PATIENT.formatted("\"sexe\":\"F\""), "L'élément « sexe » n'existe pas dans FHIR R4"),
                Arguments.of(PATIENT.formatted("\"birthDate\":\"2026-02-30\""), "« 2026-02-30 »"),
                Arguments.of(
                        OBSERVATION.formatted("\"issued\":\"2026-11-10T10:00:00\""),
                        "L'instant « 2026-11-10T10:00:00 » n'est pas valide"),
                Arguments.of(OBSERVATION.formatted("\"note\":[{\"text\":\"\"}]"), "La valeur ne peut pas être vide"),
                Arguments.of(
                        OBSERVATION.formatted(
                                "\"category\":[{\"coding\":[{\"system\":\"https://example.org/s\",\"code\":\"x\"}]}]"),
                        "Le système de codes « https://example.org/s » n'est pas connu ici"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Traoré\"}]}",
                        "Règle ml-pat-1 non respectée : Donnez un identifiant, ou bien le nom"),
                Arguments.of(
                        """
                        {"resourceType":"Condition","code":{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"rougeole"}]},
                         "subject":{"display":"x"},"recordedDate":"2026-11-10"}""",
                        "Le code « https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease#rougeole » n'existe pas"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[\"https://example.org/p\"]},\"identifier\":[{\"value\":\"1\",\"system\":\"https://keneya.ml/id/amo\"}]}",
                        "Le profil « https://example.org/p » n'est pas connu ici"),
                Arguments.of(
                        OBSERVATION
                                .formatted("\"valueBoolean\":true")
                                .replace("\"valueString\":\"x\",", "\"component\":[{\"valueString\":\"x\"}],"),
                        "L'élément Observation.component.code est obligatoire"),
                Arguments.of(
                        OBSERVATION.formatted("\"hasMember\":[{\"reference\":\"#none\"}]"),
                        "La référence « #none » ne désigne rien"),
                Arguments.of(
                        OBSERVATION.formatted("\"referenceRange\":[{\"low\":{\"value\":1,\"code\":\"kg\"}}]"),
                        "Règle qty-3 non respectée : Donnez le système de l'unité"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysInFrenchWhatIsWrong(String resource, String expected) {
        List<SingleValidationMessage> messages = messagesOf(resource);

        assertThat(messages.stream().map(message -> words.of(message).in(Language.FRENCH)))
                .as("of %s", messages)
                .anySatisfy(french -> assertThat(french).contains(expected))
                .noneSatisfy(french -> assertThat(french).contains(UNTRANSLATED));
    }

    @Test
    void givesOurRulesInEnglishToWhoReadsEnglish() {
        assertThat(messagesOf("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Traoré\"}]}"))
                .extracting(message -> words.of(message).in(Language.ENGLISH))
                .anySatisfy(english -> assertThat(english)
                        .startsWith("Rule ml-pat-1 not met: Give an identifier, or else name, sex and birth date"))
                .noneSatisfy(english -> assertThat(english).contains("Donnez"));
    }

    @Test
    void leavesTheLibrarysSentenceToWhoReadsEnglish() {
        assertThat(messagesOf("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}"))
                .extracting(message -> words.of(message).in(Language.ENGLISH))
                .anySatisfy(english -> assertThat(english).contains("minimum required = 1, but only found 0"));
    }

    @Test
    void introducesInFrenchWhatItCannotTranslate() {
        SingleValidationMessage message = new SingleValidationMessage();
        message.setMessage("Something that no template knows.");
        message.setMessageId("No_Such_Message");

        assertThat(words.of(message).in(Language.FRENCH))
                .isEqualTo("Le validateur signale (texte anglais) : Something that no template knows.");
    }

    @Test
    void managesWithoutAName() {
        SingleValidationMessage message = new SingleValidationMessage();
        message.setMessage(
                "Unknown code 'https://example.org/s#x' for in-memory expansion of ValueSet 'https://example.org/v'");

        assertThat(words.of(message).in(Language.FRENCH))
                .isEqualTo("Le code « https://example.org/s#x » n'est pas dans la liste https://example.org/v.");
    }

    /** A French text whose key the library does not have would never be used. */
    @Test
    void translatesOnlyMessagesThatExist() {
        ResourceBundle library = ResourceBundle.getBundle("Messages", Locale.ROOT);
        ResourceBundle sentences = ResourceBundle.getBundle("ml.keneya.validation.hapi_sentences", Locale.ROOT);
        List<String> own = List.of("untranslated", "rule", "rule-of-fhir");

        assertThat(ResourceBundle.getBundle("ml.keneya.validation.validator_fr", Locale.ROOT)
                        .keySet())
                .filteredOn(
                        key -> !own.contains(key) && !key.startsWith(ValidatorWords.OURS) && !key.startsWith("rule."))
                .allSatisfy(key -> assertThat(
                                Stream.of(key, key + "_one", key + "_other").anyMatch(library::containsKey)
                                        || sentences.containsKey(key))
                        .as(key)
                        .isTrue());
    }

    private static List<SingleValidationMessage> messagesOf(String resource) {
        return VALIDATOR.validateWithResult(resource).getMessages();
    }
}
