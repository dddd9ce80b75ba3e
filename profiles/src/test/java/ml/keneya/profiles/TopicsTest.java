package ml.keneya.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** Whoever wants to subscribe finds what there is, in the form that the Subscriptions R5 Backport gives it in R4. */
class TopicsTest {

    private static final String ELEMENT = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.";
    private static final String ADDRESS = "https://keneya.ml/fhir/SubscriptionTopic/";
    private static final Pattern CODE = Pattern.compile("=(https://keneya\\.ml/fhir/CodeSystem/[a-z-]+)\\|([a-z-]+)");
    private static final Pattern LIST = Pattern.compile(":in=(\\S+)");

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final FhirPackage CORE = FhirPackage.onClassPath("ml.keneya.core", CONTEXT);
    private static final FhirPackage TERMINOLOGY = FhirPackage.onClassPath("ml.keneya.terminology", CONTEXT);

    @Test
    void everyTopicOfTheListIsPublishedAndNoOther() {
        assertThat(topics().map(topic -> value(topic, "url")))
                .containsExactlyInAnyOrderElementsOf(
                        codesOf("https://keneya.ml/fhir/CodeSystem/ml-event-topic").stream()
                                .map(code -> ADDRESS + code)
                                .toList());
    }

    @Test
    void everyTopicIsADraftWithANameInBothLanguages() {
        assertThat(topics()).isNotEmpty().allSatisfy(topic -> {
            assertThat(topic.getCode().getCodingFirstRep().getCode()).isEqualTo("SubscriptionTopic");
            assertThat(topic.getModifierExtension()).hasSize(1);
            StringType title =
                    (StringType) topic.getExtensionByUrl(ELEMENT + "title").getValue();
            assertThat(title.getTranslation("en")).isNotBlank().isNotEqualTo(title.getValue());
        });
    }

    @Test
    void everyTriggerSearchesForCodesThatExist() {
        assertThat(topics()).allSatisfy(topic -> {
            Extension trigger = topic.getExtensionByUrl(ELEMENT + "resourceTrigger");
            assertThat(trigger.getExtensionByUrl("resource").getValue().primitiveValue())
                    .isIn(ofKnownTypes());
            String search = trigger.getExtensionByUrl("queryCriteria")
                    .getExtensionByUrl("current")
                    .getValue()
                    .primitiveValue();
            Matcher code = CODE.matcher(search);
            Matcher list = LIST.matcher(search);
            assertThat(code.find() || list.find()).as(search).isTrue();
            if (code.reset().find()) {
                assertThat(codesOf(code.group(1))).contains(code.group(2));
            }
            if (list.reset().find()) {
                assertThat(TERMINOLOGY.resourcesOf(ValueSet.class))
                        .extracting(ValueSet::getUrl)
                        .contains(list.group(1));
            }
        });
    }

    private static Stream<Basic> topics() {
        return CORE.resourcesOf(Basic.class).stream();
    }

    private static String value(Basic topic, String element) {
        return topic.getExtensionByUrl(ELEMENT + element).getValue().primitiveValue();
    }

    private static List<String> ofKnownTypes() {
        return CONTEXT.getResourceTypes().stream()
                .map(type -> "http://hl7.org/fhir/StructureDefinition/" + type)
                .toList();
    }

    private static List<String> codesOf(String system) {
        return TERMINOLOGY.resourcesOf(CodeSystem.class).stream()
                .filter(each -> system.equals(each.getUrl()))
                .flatMap(each -> each.getConcept().stream())
                .map(ConceptDefinitionComponent::getCode)
                .toList();
    }
}
