package ml.keneya.validation.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.validation.ValidationOnTheClassPath;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.Questionnaire;
import org.hl7.fhir.r5.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r5.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r5.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r5.model.StringType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersRuleTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final String ADDRESS = "https://example.ml/q";

    private static final String PAID = "{\"linkId\":\"paid\",\"answer\":[{\"valueBoolean\":true}]}";
    private static final String WHAT = "{\"linkId\":\"what\",\"answer\":[{\"valueString\":\"la carte\"}]}";
    private static final String MOOD =
            "{\"linkId\":\"mood\",\"answer\":[{\"valueCoding\":{\"system\":\"urn:s\",\"code\":\"good\"}}]}";
    private static final String CHILDREN =
            "{\"linkId\":\"home\",\"item\":[{\"linkId\":\"children\"," + "\"answer\":[{\"valueInteger\":3}]}]}";

    private final Questionnaire questionnaire = new Questionnaire();

    AnswersRuleTest() {
        questionnaire.addItem(question("paid", QuestionnaireItemType.BOOLEAN).setRequired(true));
        questionnaire.addItem(
                question("what", QuestionnaireItemType.STRING).setText("Quoi ?").setMaxLength(20));
        QuestionnaireItemComponent mood = question("mood", QuestionnaireItemType.CODING);
        mood.addAnswerOption().setValue(new Coding("urn:s", "good", "Bien"));
        questionnaire.addItem(mood);
        questionnaire.addItem(question("home", QuestionnaireItemType.GROUP)
                .addItem(question("children", QuestionnaireItemType.INTEGER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PAID, PAID + "," + WHAT, PAID + "," + MOOD, PAID + "," + WHAT + "," + MOOD + "," + CHILDREN})
    void acceptsAnswersThatFit(String items) {
        assertThat(opinion(items)).isEqualTo(Opinion.ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A question is missing, or comes twice, too early, or from elsewhere.
                WHAT,
                PAID + "," + PAID,
                WHAT + "," + PAID,
                PAID + ",{\"linkId\":\"other\",\"answer\":[{\"valueBoolean\":true}]}",
                PAID + ",{\"linkId\":\"children\",\"answer\":[{\"valueInteger\":3}]}",
                PAID + ",{\"answer\":[{\"valueBoolean\":true}]}",
                // No answer, two, of another type, too long, in lines, or none of the options.
                "{\"linkId\":\"paid\"}",
                "{\"linkId\":\"paid\",\"answer\":[{\"valueBoolean\":true},{\"valueBoolean\":false}]}",
                "{\"linkId\":\"paid\",\"answer\":[{\"valueString\":\"oui\"}]}",
                PAID + ",{\"linkId\":\"what\",\"answer\":[{\"valueString\":\"plus de vingt lettres ici\"}]}",
                PAID + ",{\"linkId\":\"what\",\"answer\":[{\"valueString\":\"a\\nb\"}]}",
                PAID + ",{\"linkId\":\"what\",\"text\":\"Autre ?\",\"answer\":[{\"valueString\":\"a\"}]}",
                PAID + ",{\"linkId\":\"what\",\"answer\":[{\"valueUri\":\"urn:a\"}]}",
                PAID + ",{\"linkId\":\"mood\",\"answer\":[{\"valueCoding\":{\"system\":\"urn:s\",\"code\":\"bad\"}}]}",
                PAID + ",{\"linkId\":\"mood\",\"answer\":[{\"valueCoding\":{\"code\":\"good\"}}]}",
                PAID + ",{\"linkId\":\"home\",\"answer\":[{\"valueInteger\":3}]}",
                "{\"linkId\":\"paid\",\"answer\":[{\"valueBoolean\":true,\"item\":[{\"linkId\":\"x\"}]}]}"
            })
    void isUnsureOfWhatMayNotFit(String items) {
        assertThat(opinion(items)).isEqualTo(Opinion.UNSURE);
    }

    static Stream<Named<Consumer<Questionnaire>>> constructs() {
        return Stream.of(
                named(
                        "a condition",
                        each -> each.getItemFirstRep()
                                .addEnableWhen()
                                .setQuestion("what")
                                .setOperator(QuestionnaireItemOperator.EXISTS)),
                named("an extension", each -> each.getItemFirstRep().addExtension("urn:x", new StringType("x"))),
                named("no type", each -> each.getItemFirstRep().setType(null)),
                named(
                        "a type that is not known",
                        each -> each.getItemFirstRep().setType(QuestionnaireItemType.QUANTITY)),
                named(
                        "a question in a question",
                        each -> each.getItemFirstRep().addItem(question("x", QuestionnaireItemType.STRING))),
                named("a period", each -> each.getEffectivePeriod().setEnd(new java.util.Date(0))));
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void isUnsureOfAQuestionnaireThatIsNotPlain(Consumer<Questionnaire> change) {
        change.accept(questionnaire);

        assertThat(opinion(PAID)).isEqualTo(Opinion.UNSURE);
    }

    @Test
    void isUnsureOfAQuestionnaireThatIsNotKnown() {
        assertThat(opinion(PAID, "https://example.ml/other")).isEqualTo(Opinion.UNSURE);
        assertThat(opinion(PAID, ADDRESS + "|1")).isEqualTo(Opinion.UNSURE);
        assertThat(opinion(PAID, "#q")).isEqualTo(Opinion.UNSURE);
    }

    private static Named<Consumer<Questionnaire>> named(String name, Consumer<Questionnaire> change) {
        return Named.named(name, change);
    }

    private static QuestionnaireItemComponent question(String linkId, QuestionnaireItemType type) {
        return new QuestionnaireItemComponent().setLinkId(linkId).setType(type);
    }

    private Opinion opinion(String items) {
        return opinion(items, ADDRESS);
    }

    private Opinion opinion(String items, String address) {
        String text = "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"%s\",\"item\":[%s]}"
                .formatted(address, items);
        QuestionnaireResponse response =
                VALIDATION.mali().context().newJsonParser().parseResource(QuestionnaireResponse.class, text);
        Terminology terminology = new Terminology(VALIDATION.mali().workerContext());
        return new AnswersRule(url -> url.equals(ADDRESS) ? questionnaire : null, terminology).of(Place.top(response));
    }
}
