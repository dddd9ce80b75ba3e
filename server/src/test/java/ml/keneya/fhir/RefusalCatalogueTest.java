package ml.keneya.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalCatalogueTest {

    @ParameterizedTest
    @EnumSource(Language.class)
    void holdsAMessageAndARemedyForEveryCodeAndNothingElse(Language language) {
        Set<String> expected = new TreeSet<>(Set.of("system"));
        for (RefusalCode code : RefusalCode.values()) {
            expected.add(code.id());
            expected.add(code.id() + ".remedy");
        }

        ResourceBundle messages = ResourceBundle.getBundle(
                "ml.keneya.fhir.refusals",
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

        assertThat(messages.keySet().stream().filter(key -> key.startsWith("ML-") || key.equals("system")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Words that are no refusal, for example part of one. */
    @Test
    void hasTheSameOtherWordsInBothLanguages() {
        ResourceBundle.Control asWritten =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

        assertThat(ResourceBundle.getBundle("ml.keneya.fhir.refusals", Language.ENGLISH.locale(), asWritten)
                        .keySet())
                .isEqualTo(ResourceBundle.getBundle("ml.keneya.fhir.refusals", Language.FRENCH.locale(), asWritten)
                        .keySet());
    }

    @Test
    void neverUsesACodeTwice() {
        assertThat(Arrays.stream(RefusalCode.values()).map(RefusalCode::id)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void putsEveryRefusalIntoWordsWithoutLeftovers(RefusalCode code) {
        Refusal refusal = Refusal.of(code, "premier", "second", "troisième");

        for (Language language : Language.values()) {
            String words =
                    Outcomes.of(List.of(refusal), language).getIssueFirstRep().getDiagnostics();
            assertThat(words).doesNotContain("{", "''").isNotBlank();
        }
    }

    @Test
    void speaksFrenchUnlessAskedForEnglish() {
        assertThat(Language.accepted(null)).isEqualTo(Language.FRENCH);
        assertThat(Language.accepted("bm, fr;q=0.5")).isEqualTo(Language.FRENCH);
        assertThat(Language.accepted("en-GB,en;q=0.9")).isEqualTo(Language.ENGLISH);
        assertThat(Language.accepted("fr;q=0.9, en;q=0.1")).isEqualTo(Language.FRENCH);
        assertThat(Language.accepted("\u0000;;;")).isEqualTo(Language.FRENCH);
    }

    @Test
    void showsNothingOfOurInsides() {
        assertThat(RefusalsOfHapi.withoutInsides("HAPI-0302: Unknown resource type 'X'"))
                .isEqualTo("Unknown resource type 'X'");
        assertThat(RefusalsOfHapi.withoutInsides("could not execute batch; SQL [insert into HFJ_RESOURCE]"))
                .isEmpty();
        assertThat(RefusalsOfHapi.withoutInsides("at org.hl7.fhir.r4.model.Patient"))
                .isEmpty();
    }
}
