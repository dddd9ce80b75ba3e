package ml.keneya.validation.compiled;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import ml.keneya.validation.compiled.Terminology.Code;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r5.model.Questionnaire;
import org.hl7.fhir.r5.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r5.model.Questionnaire.QuestionnaireItemComponent;
import org.jspecify.annotations.Nullable;

/**
 * Answers fit the questionnaire that they name. Only plain questions are known, each answered once at most, in their
 * order; the rest is left to the official validator.
 *
 * @param questionnaires by their addresses; nothing where none is known
 * @param terminology asked about answers out of a value set
 */
record AnswersRule(Function<String, @Nullable Questionnaire> questionnaires, Terminology terminology) implements Rule {

    @Override
    public Opinion of(Place place) {
        if (!(place.element() instanceof QuestionnaireResponse response)) {
            return Opinion.ACCEPT;
        }
        if (!response.hasQuestionnaireElement()) {
            // That there is none is information, and nothing else is compared.
            return Opinion.ACCEPT;
        }
        String address = response.getQuestionnaire();
        if (address == null || !Text.isAddress(address) || address.indexOf('|') >= 0) {
            return Opinion.UNSURE;
        }
        Questionnaire asked = questionnaires.apply(address);
        // Outside of its period a questionnaire is worth a warning.
        return Opinion.sureIf(
                asked != null && !asked.hasEffectivePeriod() && answers(asked.getItem(), response.getItem()));
    }

    private boolean answers(
            List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items) {
        Set<Integer> answered = new HashSet<>();
        int last = -1;
        for (QuestionnaireResponseItemComponent item : items) {
            int index = indexOf(item.getLinkId(), questions);
            if (index <= last || !answers(questions.get(index), item)) {
                return false;
            }
            answered.add(index);
            last = index;
        }
        return IntStream.range(0, questions.size())
                .allMatch(index -> isPlain(questions.get(index))
                        && (answered.contains(index) || !questions.get(index).getRequired()));
    }

    private static int indexOf(@Nullable String linkId, List<QuestionnaireItemComponent> questions) {
        for (int index = 0; index < questions.size(); index++) {
            if (questions.get(index).getLinkId().equals(linkId)) {
                return index;
            }
        }
        return -1;
    }

    /** Whether it is asked does not depend on other answers, nor what may be answered on an extension. */
    private static boolean isPlain(QuestionnaireItemComponent question) {
        return !question.hasEnableWhen() && !question.hasExtension() && !question.hasModifierExtension();
    }

    private boolean answers(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item) {
        if (!isPlain(question) || question.getType() == null) {
            return false;
        }
        if (item.getText() != null && !item.getText().equals(question.getText())) {
            return false;
        }
        return switch (question.getType()) {
            case GROUP ->
                !item.hasAnswer()
                        && (item.hasItem() || !question.getRequired())
                        && answers(question.getItem(), item.getItem());
            case BOOLEAN, DECIMAL, INTEGER, DATE, STRING, TEXT, CODING ->
                !question.hasItem()
                        && !item.hasItem()
                        && item.getAnswer().size() <= 1
                        && (item.hasAnswer() || !question.getRequired())
                        && item.getAnswer().stream().allMatch(answer -> answers(question, answer));
            default -> false;
        };
    }

    private boolean answers(QuestionnaireItemComponent question, QuestionnaireResponseItemAnswerComponent answer) {
        Type value = answer.getValue();
        if (value == null || answer.hasItem()) {
            return false;
        }
        return switch (question.getType()) {
            case BOOLEAN -> value.getClass() == BooleanType.class;
            case DECIMAL -> value.getClass() == DecimalType.class && isFree(question);
            case INTEGER -> value.getClass() == IntegerType.class && isFree(question);
            case DATE -> value.getClass() == DateType.class && isFree(question);
            case STRING -> value.getClass() == StringType.class && isFree(question) && isShort(question, value);
            case TEXT -> value.getClass() == StringType.class && isFree(question) && !question.hasMaxLength();
            case CODING -> value instanceof Coding coding && isAllowed(question, coding);
            default -> false;
        };
    }

    private static boolean isFree(QuestionnaireItemComponent question) {
        return !question.hasAnswerOption() && !question.hasAnswerValueSet();
    }

    private static boolean isShort(QuestionnaireItemComponent question, Type value) {
        String text = value.primitiveValue();
        return text != null
                && text.indexOf('\n') < 0
                && text.indexOf('\r') < 0
                && (!question.hasMaxLength() || text.length() <= question.getMaxLength());
    }

    private boolean isAllowed(QuestionnaireItemComponent question, Coding answer) {
        if (answer.getSystem() == null || answer.getCode() == null || answer.hasVersion()) {
            return false;
        }
        if (question.hasAnswerValueSet()) {
            return !question.hasAnswerOption()
                    && terminology.isIn(
                            question.getAnswerValueSet(),
                            new Code(answer.getSystem(), null, answer.getCode(), answer.getDisplay()));
        }
        return question.getAnswerOption().stream().anyMatch(option -> isOption(option, answer));
    }

    private static boolean isOption(QuestionnaireItemAnswerOptionComponent option, Coding answer) {
        return option.getValue() instanceof org.hl7.fhir.r5.model.Coding coding
                && answer.getSystem().equals(coding.getSystem())
                && answer.getCode().equals(coding.getCode());
    }
}
