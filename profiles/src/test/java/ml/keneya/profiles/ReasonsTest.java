package ml.keneya.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** Whoever is asked for something may read why, in the places where the guide looks for it. */
class ReasonsTest {

    private static final MalianValidator VALIDATOR = MalianValidator.shared();
    private static final String APPLIES_WHEN = "https://keneya.ml/fhir/StructureDefinition/ml-ext-applies-when";

    private static final Predicate<ElementDefinition> CONSTRAINED = element -> element.hasMin()
            || element.hasMax()
            || element.hasFixed()
            || element.hasPattern()
            || element.hasBinding()
            || element.getMustSupport();

    @Test
    void everyConstrainedElementSaysWhyInFrenchAndEnglish() {
        for (var profile : profiles().toList()) {
            assertThat(profile.getDifferential().getElement())
                    .filteredOn(CONSTRAINED)
                    .allSatisfy(element -> {
                        assertThat(element.getRequirements())
                                .as(element.getId())
                                .isNotBlank();
                        assertThat(element.getRequirementsElement().getTranslation("en"))
                                .as(element.getId())
                                .isNotBlank();
                    });
        }
    }

    /** All but what FHIR itself asks of every extension (R4, rule ext-1), which the guide says once for all of them. */
    @Test
    void everyConstrainedPartOfAnExtensionSaysWhyInFrenchAndEnglish() {
        var extensions = VALIDATOR.core().resourcesOf(StructureDefinition.class).stream()
                .filter(it -> it.getType().equals("Extension"));
        assertThat(extensions.flatMap(it -> it.getDifferential().getElement().stream()))
                .filteredOn(CONSTRAINED)
                .filteredOn(it -> it.getPath().contains(".") && !isOfEveryExtension(it))
                .hasSizeGreaterThan(30)
                .allSatisfy(element -> {
                    assertThat(element.getRequirements()).as(element.getId()).isNotBlank();
                    assertThat(element.getRequirementsElement().getTranslation("en"))
                            .as(element.getId())
                            .isNotBlank();
                });
    }

    private static boolean isOfEveryExtension(ElementDefinition element) {
        var id = element.getId();
        return id.endsWith(".url")
                || id.endsWith(".extension")
                || (id.endsWith(".value[x]") && "0".equals(element.getMax()));
    }

    /** The sentence of a rule is « what to do : why », or « what to do, car why ». */
    @Test
    void everyRuleSaysWhy() {
        assertThat(profiles()
                        .flatMap(it -> it.getDifferential().getElement().stream())
                        .flatMap(it -> it.getConstraint().stream()))
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.getHuman()).as(rule.getKey()).containsAnyOf(" : ", ", car "));
    }

    @Test
    void everyProfileAppliedByCodeNamesACodeOfOursThatExistsAndAReason() {
        var selectors = profiles()
                .flatMap(it -> it.getExtensionsByUrl(APPLIES_WHEN).stream())
                .toList();

        assertThat(selectors).isNotEmpty().allSatisfy(selector -> {
            assertThat(selector.getExtensionString("path")).matches("[a-z][A-Za-z.]*");
            assertThat(((MarkdownType) part(selector, "reason").getValue()).getTranslation("en"))
                    .isNotBlank();
            assertThat(Stream.of("coding", "valueSet", "uri").filter(selector::hasExtension))
                    .hasSize(1);
        });
        assertThat(parts(selectors, "valueSet").map(it -> it.getValue().primitiveValue()))
                .isSubsetOf(lists());
        assertThat(parts(selectors, "coding")
                        .map(it -> (Coding) it.getValue())
                        .filter(it -> it.getSystem().startsWith("https://keneya.ml/")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(codesOf(it.getSystem())).contains(it.getCode()));
    }

    /** Without it the profile would refuse what the profile of the type keeps, for a reason that nobody wrote down. */
    @Test
    void everyProfileAppliedByCodeBuildsOnTheProfileOfItsType() {
        var ids = profiles().map(StructureDefinition::getUrl).collect(Collectors.toSet());

        assertThat(profiles().filter(it -> it.hasExtension(APPLIES_WHEN)))
                .filteredOn(it -> ids.contains(baseOf(it.getType())))
                .allSatisfy(it -> assertThat(it.getBaseDefinition()).isIn(ids));
    }

    private static String baseOf(String type) {
        return "https://keneya.ml/fhir/StructureDefinition/ml-"
                + type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Stream<StructureDefinition> profiles() {
        return VALIDATOR.core().resourcesOf(StructureDefinition.class).stream()
                .filter(it -> !it.getType().equals("Extension"));
    }

    private static Extension part(Extension selector, String name) {
        return selector.getExtensionByUrl(name);
    }

    private static Stream<Extension> parts(List<Extension> selectors, String name) {
        return selectors.stream().filter(it -> it.hasExtension(name)).map(it -> part(it, name));
    }

    private static Set<String> lists() {
        return VALIDATOR.terminology().resourcesOf(ValueSet.class).stream()
                .map(ValueSet::getUrl)
                .collect(Collectors.toSet());
    }

    private static List<String> codesOf(String system) {
        return VALIDATOR.terminology().resourcesOf(CodeSystem.class).stream()
                .filter(it -> it.getUrl().equals(system))
                .flatMap(it -> it.getConcept().stream())
                .map(ConceptDefinitionComponent::getCode)
                .toList();
    }
}
