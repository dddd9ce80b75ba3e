package ml.keneya.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.profiles.Examples.Example;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ConstraintSeverity;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProfileExamplesTest {

    private static final MalianValidator VALIDATOR = MalianValidator.shared();

    private static final String TERMINOLOGY = "Terminology_PassThrough_TX_Message";

    /** The validator's second sentence about a fault that it has already named, by the fault: it is none of its own. */
    private static final Map<String, String> ECHOES = Map.of(
            "Terminology_TX_NoValid_12", TERMINOLOGY,
            "Terminology_TX_NoValid_16", TERMINOLOGY,
            "Terminology_TX_NoValid_1_CC", TERMINOLOGY,
            "Terminology_TX_NoValid_2_CC", TERMINOLOGY,
            "Validation_VAL_Profile_Minimum_SLICE", "Validation_VAL_Profile_Minimum",
            // Only of a coding without a code.
            "Validation_VAL_Profile_Minimum", TERMINOLOGY);

    /**
     * What the validator says it could not look up here, beside a warning of ours: LOINC, a measure that is in no
     * record, a label of Mali's beside those that HL7 recommends. In examples of refusals none of these is excused.
     */
    private static final Set<String> NOT_LOOKED_UP =
            Set.of(TERMINOLOGY, "Measure_MR_M_NotFound", "Terminology_TX_NoValid_13");

    private static final String PATIENT = "https://keneya.ml/fhir/StructureDefinition/ml-patient";

    /**
     * A condition for a profile to apply, without its reason and without its path: profiles carry them, not records.
     */
    private static final List<String> CONDITIONS_CUT_SHORT = Stream.of(
                    "{\"url\": \"path\", \"valueString\": \"code\"}",
                    "{\"url\": \"reason\", \"valueMarkdown\": \"Le code.\"}")
            .map("""
                            {"resourceType": "StructureDefinition", "url": "https://example.org/p", "name": "P",
                             "status": "draft", "kind": "resource", "abstract": false, "type": "Patient",
                             "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
                             "derivation": "constraint", "differential": {"element": [{"id": "Patient", "path": "Patient"}]},
                             "extension": [{"url": "https://keneya.ml/fhir/StructureDefinition/ml-ext-applies-when",
                                            "extension": [%s]}]}
                            """::formatted)
            .toList();

    @TestFactory
    Stream<DynamicTest> acceptsWhatIsValidWithoutAnyRemark() {
        return each("valid", example -> {
            var messages = VALIDATOR.validate(example.json(), example.profile());

            assertThat(MalianValidator.errors(messages)).isEmpty();
            assertThat(keys(messages)).noneMatch(key -> key.startsWith("ml-"));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsInvalidForExactlyTheReasonInItsName() {
        return each("invalid", example -> {
            var errors = MalianValidator.errors(VALIDATOR.validate(example.json(), example.profile()));

            assertThat(withoutEchoes(example, keys(errors))).containsExactly(example.rule());
        });
    }

    @TestFactory
    Stream<DynamicTest> keepsWhatIsDoubtfulAndSaysWhatItDoubts() {
        return each("warned", example -> {
            var messages = VALIDATOR.validate(example.json(), example.profile());

            assertThat(MalianValidator.errors(messages)).isEmpty();
            assertThat(withoutNotLookedUp(example, keys(MalianValidator.warnings(messages))))
                    .containsExactly(example.rule());
        });
    }

    @Test
    void everyProfileHasAValidExample() {
        var profiles = structures().stream()
                .filter(it -> !it.getType().equals("Extension"))
                .map(StructureDefinition::getId)
                .map(id -> id.substring(id.lastIndexOf('/') + 1));

        assertThat(profiles).isSubsetOf(namesOf("valid", Example::profile)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void everyInvariantHasACounterExample() {
        assertThat(keysOf(ConstraintSeverity.ERROR)).isNotEmpty().isSubsetOf(namesOf("invalid", Example::rule));
        assertThat(keysOf(ConstraintSeverity.WARNING)).isNotEmpty().isSubsetOf(namesOf("warned", Example::rule));
    }

    /**
     * Of a slice that must be there, and of what must be in a slice. The code by which a slice is known is left out:
     * without it there is no such slice; and so is the value of an extension, which FHIR's own rule asks for.
     */
    @Test
    void everyRequiredSliceHasACounterExample() {
        var required = structures().stream()
                .flatMap(structure -> structure.getDifferential().getElement().stream()
                        .filter(ProfileExamplesTest::isRequiredInASlice)
                        .map(element -> element.getId() + " of " + structure.getUrl()))
                .collect(Collectors.toCollection(TreeSet::new));
        var missed = Stream.concat(
                        Examples.of("invalid").stream()
                                .flatMap(it -> VALIDATOR.validate(it.json(), it.profile()).stream()),
                        CONDITIONS_CUT_SHORT.stream().flatMap(it -> VALIDATOR.validate(it).stream()))
                .filter(it -> MalianValidator.key(it).startsWith("Validation_VAL_Profile_Minimum"))
                .map(SingleValidationMessage::getMessage)
                .toList();

        assertThat(required).contains("Patient.identifier:nina.value of " + PATIENT);
        assertThat(required).allSatisfy(it -> {
            var parts = it.split(" of ");
            assertThat(missed)
                    .as(it)
                    .anyMatch(message -> (message.contains(parts[0] + ":") || message.contains(parts[0] + "'"))
                            && message.contains(parts[1] + "|"));
        });
    }

    private static boolean isRequiredInASlice(ElementDefinition element) {
        return element.getMin() > 0
                && element.getId().contains(":")
                && !element.hasFixed()
                && !element.hasPattern()
                && !element.getId().endsWith(".value[x]");
    }

    @Test
    void everyBindingToANationalListFindsIt() {
        var lists = VALIDATOR.terminology().resourcesOf(ValueSet.class).stream().map(ValueSet::getUrl);
        var bound = structures().stream()
                .flatMap(it -> it.getDifferential().getElement().stream())
                .filter(ElementDefinition::hasBinding)
                .map(it -> it.getBinding().getValueSet())
                .filter(it -> it.startsWith("https://keneya.ml/"))
                .collect(Collectors.toSet());

        assertThat(bound).isNotEmpty().isSubsetOf(lists.toList());
    }

    @Test
    void everyTitleAndEveryRuleSpeaksFrenchAndEnglish() {
        assertThat(structures()).isNotEmpty().allSatisfy(it -> {
            assertThat(it.getLanguage()).isEqualTo("fr");
            assertThat(it.getTitleElement().getTranslation("en")).isNotBlank();
            assertThat(it.getDescriptionElement().getTranslation("en")).isNotBlank();
        });
        assertThat(constraints())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.getHumanElement().getTranslation("en"))
                        .as(it.getKey())
                        .isNotBlank());
    }

    /** The root of an extension is called as its definition is, which the claim above holds. */
    @Test
    void everyMeaningThatMaliGivesSpeaksFrenchAndEnglish() {
        assertThat(structures().stream()
                        .flatMap(it -> it.getDifferential().getElement().stream())
                        .filter(it -> it.hasShort() && it.getPath().contains(".")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.getShortElement().getTranslation("en"))
                        .as(it.getId())
                        .isNotBlank());
    }

    @Test
    void acceptsAChildBornTodayEvenByAClockThatIsADayAhead() {
        assertThat(MalianValidator.errors(VALIDATOR.validate(bornOn(LocalDate.now()), "ml-patient")))
                .isEmpty();
        assertThat(MalianValidator.errors(
                        VALIDATOR.validate(bornOn(LocalDate.now().plusDays(1)), "ml-patient")))
                .isEmpty();
    }

    @Test
    void refusesAChildBornInThreeDays() {
        var messages = VALIDATOR.validate(bornOn(LocalDate.now().plusDays(3)), "ml-patient");

        assertThat(keys(MalianValidator.errors(messages))).containsExactly("ml-pat-3");
    }

    private static String bornOn(LocalDate day) {
        return """
                {"resourceType": "Patient", "name": [{"text": "Awa"}], "gender": "female", "birthDate": "%s",
                 "_birthDate": {"extension": [{"url":
                    "https://keneya.ml/fhir/StructureDefinition/ml-ext-birth-date-precision", "valueCode": "day"}]}}
                """.formatted(day);
    }

    private static Stream<DynamicTest> each(String verdict, Consumer<Example> check) {
        return Examples.of(verdict).stream()
                .map(it -> dynamicTest(it.name(), it.file().toUri(), () -> check.accept(it)));
    }

    private static Set<String> keys(Collection<SingleValidationMessage> messages) {
        return messages.stream().map(MalianValidator::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Only beside the fault that it repeats. */
    private static Set<String> withoutEchoes(Example example, Set<String> keys) {
        var own = new TreeSet<>(keys);
        if (own.contains(example.rule())) {
            own.remove(ECHOES.getOrDefault(example.rule(), ""));
        }
        return own;
    }

    private static Set<String> withoutNotLookedUp(Example example, Set<String> keys) {
        var own = withoutEchoes(example, keys);
        if (example.rule().startsWith("ml-")) {
            own.removeAll(NOT_LOOKED_UP);
        }
        return own;
    }

    private static Set<String> namesOf(String verdict, Function<Example, String> part) {
        return Examples.of(verdict).stream().map(part).collect(Collectors.toSet());
    }

    private static List<StructureDefinition> structures() {
        return VALIDATOR.core().resourcesOf(StructureDefinition.class);
    }

    private static List<ElementDefinitionConstraintComponent> constraints() {
        return structures().stream()
                .flatMap(it -> it.getDifferential().getElement().stream())
                .flatMap(it -> it.getConstraint().stream())
                .toList();
    }

    private static Set<String> keysOf(ConstraintSeverity severity) {
        return constraints().stream()
                .filter(it -> it.getSeverity() == severity)
                .map(ElementDefinitionConstraintComponent::getKey)
                .collect(Collectors.toSet());
    }
}
