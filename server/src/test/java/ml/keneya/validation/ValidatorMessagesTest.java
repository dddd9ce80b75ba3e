package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.fhir.Language;
import ml.keneya.test.Translations;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message of the library, in both languages. */
class ValidatorMessagesTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final ValidatorMessages MESSAGES = VALIDATION.messages();
    private static final Map<String, String> ENGLISH = Translations.in("/Messages.properties");
    private static final Map<String, String> FRENCH = Translations.in("/ml/keneya/validation/validator_fr.properties");

    /** The English of the library loses these arguments by an apostrophe that should be doubled. */
    private static final List<String> MISQUOTED_IN_ENGLISH =
            List.of("VALUESET_PARAMETER_NO_DOCO", "BUNDLE_SIGNATURE_CANON_DIFF");

    /** Names, and texts that consist of their arguments. */
    private static final List<String> THE_SAME =
            List.of("HTA_LOINC_DESC", "HTA_SCT_DESC", "TERMINOLOGY_TX_HINT", "TERMINOLOGY_TX_WARNING");

    @Test
    void translatesEveryMessageOfTheLibraryWithAllItsArguments() {
        assertThat(ENGLISH).hasSizeGreaterThan(1500);
        Translations.assertFaithful(
                ENGLISH,
                FRENCH,
                (key, arguments) -> MESSAGES.say(Language.ENGLISH, key, arguments),
                (key, arguments) -> MESSAGES.say(Language.FRENCH, key, arguments),
                MISQUOTED_IN_ENGLISH,
                THE_SAME);
    }

    /** French counts nought as one, so what English never says of one is needed too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_000_000})
    void saysHowManyInFrench(int number) {
        List<String> counted = FRENCH.keySet().stream()
                .filter(key -> key.endsWith("_other"))
                .map(key -> key.replaceAll("_other$", ""))
                .toList();

        assertThat(counted).hasSizeGreaterThan(30).allSatisfy(key -> {
            Object[] others = Arrays.copyOfRange(Translations.sampleArguments(), 1, 10);
            assertThat(MESSAGES.sayOfSeveral(Language.FRENCH, number, key, others))
                    .isNotBlank()
                    .isEqualTo(MESSAGES.say(
                            Language.FRENCH,
                            key + (number < 2 ? "_one" : "_other"),
                            IntStream.range(0, 10)
                                    .mapToObj(index -> index == 0 ? number : others[index - 1])
                                    .toArray()));
        });
        assertThat(MESSAGES.sayOfSeveral(Language.FRENCH, 1_000_000, "XHTML_URL_INVALID_CHARS", "x"))
                .matches("L'adresse contient 1\\h000\\h000 caractères interdits : x");
    }

    @Test
    void translatesEveryRuleOfFhir() {
        FhirContext context = VALIDATION.mali().context();
        Map<String, String> rules = Translations.in("/ml/keneya/validation/rules_fr.properties");
        Map<String, String> ofFhir =
                Objects.requireNonNull(VALIDATION.mali().support().fetchAllStructureDefinitions()).stream()
                        .map(StructureDefinition.class::cast)
                        .filter(definition -> definition.getUrl().startsWith("http://hl7.org/fhir/StructureDefinition/")
                                && definition.getKind() != StructureDefinition.StructureDefinitionKind.LOGICAL)
                        .filter(definition -> context.getResourceTypes().contains(definition.getType())
                                || context.getElementDefinition(definition.getType()) != null)
                        .filter(definition ->
                                definition.getDerivation() != StructureDefinition.TypeDerivationRule.CONSTRAINT)
                        .flatMap(definition -> definition.getSnapshot().getElement().stream())
                        .flatMap(element -> element.getConstraint().stream())
                        .collect(Collectors.toMap(rule -> rule.getKey(), rule -> rule.getHuman(), (one, other) -> one));

        assertThat(rules.keySet()).hasSizeGreaterThan(200).containsAll(ofFhir.keySet());
        assertThat(rules)
                .allSatisfy((key, human) -> assertThat(human).endsWith(".").isNotEqualTo(ofFhir.get(key)));
    }

    @Test
    void hasTheSameWordsInBothLanguages() {
        Map<String, String> french = Translations.in("/ml/keneya/validation/words_fr.properties");

        assertThat(french.keySet())
                .isNotEmpty()
                .containsExactlyElementsOf(Translations.in("/ml/keneya/validation/words_en.properties")
                        .keySet());
    }

    /** HAPI makes these up in its code, and hands them over as arguments or as whole messages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unknown code 'https://example.org/s#x' for in-memory expansion of ValueSet 'https://example.org/v'",
                "CodeSystem is unknown and can't be validated: https://example.org/s for 'https://example.org/s#x'",
                "Failed to expand ValueSet 'https://example.org/v' (in-memory). Could not validate code https://example.org/s#x",
                "Unknown code \"https://example.org/s#x\"",
                "Code x is not valid for system: https://example.org/s"
            })
    void translatesWhatHasNoKey(String sentence) {
        String french = MESSAGES.say(Language.FRENCH, "Terminology_PassThrough_TX_Message", sentence, "s", "c");

        assertThat(french).containsPattern("n'existe pas|n'est pas|n'a pas").endsWith("(pour « s#c »)");
        assertThat(MESSAGES.finished(Language.ENGLISH, sentence)).isEqualTo(sentence);
    }

    @Test
    void leavesWhatItDoesNotKnow() {
        assertThat(MESSAGES.finished(Language.FRENCH, "Something that no template knows"))
                .isEqualTo("Something that no template knows");
    }

    /** A value that happens to be one of the library's words is no word of the library. */
    @Test
    void namesKindsOfJsonInFrenchAndLeavesValuesAlone() {
        assertThat(MESSAGES.say(Language.FRENCH, "JSON_COMMA_EXTRA", "Array"))
                .isEqualTo("Le JSON a une virgule de trop avant la fin (tableau)");
        assertThat(MESSAGES.say(Language.FRENCH, "_DT_Fixed_Wrong", "Array", "b", "p"))
                .startsWith("La valeur est « Array »");
    }
}
