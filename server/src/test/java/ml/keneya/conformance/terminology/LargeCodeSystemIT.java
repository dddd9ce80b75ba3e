package ml.keneya.conformance.terminology;

import static ml.keneya.test.Upload.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Upload;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A code system of 100 000 concepts, as large as the licensed ones and under the address of one of them. */
@KeneyaIntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeCodeSystemIT {

    private static final String SYSTEM = "http://snomed.info/sct";
    private static final String VERSION = "http://snomed.info/sct/900000000000207008/version/20990101";
    private static final int CONCEPTS = MadeUpCodeSystem.CONCEPTS;

    @Autowired
    Exchange exchange;

    @BeforeAll
    void load() {
        MadeUpCodeSystem.load(new Upload(exchange, SYSTEM, VERSION, "made-here"));
    }

    @Test
    void countsAndTurnsPagesOfTheWholeSystem() {
        ValueSetExpansionComponent first = expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&count=10");
        ValueSetExpansionComponent later = expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&count=10&offset=99995");

        assertThat(first.getTotal()).isEqualTo(CONCEPTS);
        assertThat(first.getContains()).hasSize(10).doesNotHaveDuplicates();
        assertThat(later.getContains()).hasSize(5);
        assertThat(codesOf(later)).doesNotContainAnyElementsOf(codesOf(first));
        assertThat(first.getParameter())
                .anyMatch(each -> each.getName().equals("used-codesystem")
                        && each.getValue().primitiveValue().equals(SYSTEM + "|" + VERSION));
    }

    @Test
    void givesNoWholeSystemInOneAnswer() {
        exchange.get("ValueSet/$expand?url=" + encoded(SYSTEM + "?fhir_vs"))
                .isRefused(422, "ML-TERMINOLOGY-006")
                .says("count");
        exchange.get("ValueSet/$expand?url=" + encoded(SYSTEM + "?fhir_vs") + "&count=5001")
                .isRefused(422, "ML-TERMINOLOGY-006");
    }

    /** Every word stands somewhere in a name of either language, without accents too; or the code begins with it. */
    @ParameterizedTest
    @CsvSource({
        "fievre du site 4245, Fièvre du site 4245",
        "4246 FRACT, Fracture du site 4246",
        "cough site 4248, Toux du site 4248",
        "99999, Brûlure du site 99999"
    })
    void findsACodeWhileSomebodyTypes(String typed, String name) {
        ValueSetExpansionComponent found =
                expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&count=20&filter=" + encoded(typed));

        assertThat(found.getContains().get(0).getDisplay()).isEqualTo(name);
        assertThat(found.getTotal()).isLessThan(20);
    }

    @Test
    void takesSignsOfPatternsAsTheyAreTyped() {
        for (String typed : List.of("%", "_ite", "\\")) {
            assertThat(expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&filter=" + encoded(typed))
                            .getTotal())
                    .isZero();
        }
    }

    @Test
    void namesCodesInTheLanguageThatIsAskedFor() {
        String oneCode = "url=" + encoded(SYSTEM + "?fhir_vs") + "&filter=4245&count=1";

        assertThat(expand(oneCode).getContains().get(0).getDisplay()).isEqualTo("Fièvre du site 4245");
        assertThat(expand(oneCode + "&displayLanguage=en").getContains().get(0).getDisplay())
                .isEqualTo("Fever site 4245");
        assertThat(expand(oneCode + "&displayLanguage=bm").getContains().get(0).getDisplay())
                .isEqualTo("Fever site 4245");
        assertThat(expand(oneCode + "&includeDesignations=true")
                        .getContains()
                        .get(0)
                        .getDesignation())
                .extracting(each -> each.getLanguage() + " " + each.getValue())
                .containsExactlyInAnyOrder("en Fever site 4245", "fr Fièvre du site 4245");
    }

    @Test
    void expandsWhatStandsUnderACode() {
        // 42, its ten children 420–429, the hundred below them and so on; and 294 with what is below it, under 42 by
        // sevens.
        ValueSetExpansionComponent below = expand("url=" + encoded(SYSTEM + "?fhir_vs=isa/42") + "&count=5000");

        assertThat(codesOf(below)).contains("42", "420", "42999", "294", "2940").doesNotContain("1", "43", "4");
        assertThat(expand("url=" + encoded(SYSTEM + "?fhir_vs=isa/1") + "&count=1")
                        .getTotal())
                .isEqualTo(CONCEPTS);
    }

    @Test
    void leavesOutWhatIsRetiredWhenAsked() {
        String all = "url=" + encoded(SYSTEM + "?fhir_vs") + "&count=0";

        assertThat(expand(all + "&activeOnly=true").getTotal()).isEqualTo(CONCEPTS - 100);
    }

    @Test
    void expandsAValueSetThatIsComposedOfIt() {
        ValueSet composed = new ValueSet();
        composed.getCompose()
                .addInclude()
                .setSystem(SYSTEM)
                .addFilter()
                .setProperty("concept")
                .setOp(FilterOperator.DESCENDENTOF)
                .setValue("42");
        ConceptSetComponent left = composed.getCompose().addInclude().setSystem(SYSTEM);
        left.addFilter().setProperty("laterality").setOp(FilterOperator.EQUAL).setValue("left");
        left.addFilter().setProperty("parent").setOp(FilterOperator.EQUAL).setValue("980");
        composed.getCompose().addInclude().setSystem("https://keneya.ml/fhir/CodeSystem/ml-vaccine");
        composed.getCompose().addExclude().setSystem(SYSTEM).addConcept().setCode("425");

        List<String> codes = codesOf(expand(composed, 5000));

        assertThat(codes).contains("BCG", "424", "9800").doesNotContain("42", "425", "9801");
        assertThat(expand(composed, 1).getTotal()).isEqualTo(codes.size());
        assertThat(resultOf(composed, "424")).isTrue();
        assertThat(resultOf(composed, "425")).isFalse();
        assertThat(resultOf(composed, "9801")).isFalse();
    }

    @Test
    void expandsWhatTwoValueSetsHaveInCommon() {
        ValueSet common = new ValueSet();
        common.getCompose()
                .addInclude()
                .addValueSet(SYSTEM + "?fhir_vs=isa/42")
                .addValueSet(SYSTEM + "?fhir_vs=isa/294");

        assertThat(codesOf(expand(common, 1000))).contains("294", "2940").doesNotContain("42", "420");
    }

    @Test
    void nestsWhatStandsUnderACode() {
        ValueSetExpansionComponent nested =
                expand("url=" + encoded(SYSTEM + "?fhir_vs=isa/9999") + "&excludeNested=false");

        assertThat(codesOf(nested)).containsExactly("9999");
        assertThat(nested.getContains().get(0).getContains())
                .extracting(ValueSetExpansionContainsComponent::getCode)
                .contains("99990", "99999", "69993");
    }

    @ParameterizedTest
    @CsvSource({
        "42, 42999, subsumes",
        "42999, 42, subsumed-by",
        "42, 42, equivalent",
        "43, 42999, not-subsumed",
        "42, 2940, subsumes"
    })
    void comparesCodes(String one, String other, String outcome) {
        assertThat(parameters("CodeSystem/$subsumes?system=" + SYSTEM + "&codeA=" + one + "&codeB=" + other)
                        .getParameter("outcome")
                        .getValue()
                        .primitiveValue())
                .isEqualTo(outcome);
    }

    /** Twelve hundred codes at four levels: as many as stand in the list, each once, and none alone at the top. */
    @Test
    void nestsThousandsOfCodes() {
        String below = "url=" + encoded(SYSTEM + "?fhir_vs=isa/42");
        ValueSetExpansionComponent nested = expand(below + "&excludeNested=false");

        assertThat(codesOf(nested)).containsExactly("42");
        assertThat(everyCodeOf(nested.getContains()))
                .doesNotHaveDuplicates()
                .hasSize(expand(below + "&count=0").getTotal());
    }

    private static List<String> everyCodeOf(List<ValueSetExpansionContainsComponent> contents) {
        return contents.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.getCode()), everyCodeOf(each.getContains()).stream()))
                .toList();
    }

    @Test
    void looksUpACode() {
        Parameters found = parameters("CodeSystem/$lookup?system=" + SYSTEM + "&code=4200");

        assertThat(found.getParameter("display").getValue().primitiveValue()).isEqualTo("Fièvre du site 4200");
        assertThat(found.getParameter("version").getValue().primitiveValue()).isEqualTo(VERSION);
        assertThat(propertiesOf(found)).contains("parent 420", "parent 600", "child 42000", "laterality left");
        exchange.get("CodeSystem/$lookup?system=" + SYSTEM + "&code=100001").isRefused(404, "ML-TERMINOLOGY-004");
        exchange.get("CodeSystem/$lookup?system=" + SYSTEM + "&version=none&code=42")
                .isRefused(404, "ML-TERMINOLOGY-002");
    }

    @ParameterizedTest
    @CsvSource({"42999, true", "43, false", "no-such-code, false"})
    void checksACodeAgainstAnImplicitValueSet(String code, boolean member) {
        assertThat(parameters("ValueSet/$validate-code?url=" + encoded(SYSTEM + "?fhir_vs=isa/42") + "&system=" + SYSTEM
                                + "&code=" + code)
                        .getParameterBool("result"))
                .isEqualTo(member);
    }

    @Test
    void knowsACodeByItsName() {
        String check = "CodeSystem/$validate-code?url=" + SYSTEM + "&code=4245&display=";

        assertThat(parameters(check + "fievre+du+site+4245").getParameterBool("result"))
                .isTrue();
        assertThat(parameters(check + "Toux").getParameterBool("result")).isFalse();
    }

    @Test
    void translatesAsThePublisherDoes() {
        Parameters there = parameters("ConceptMap/$translate?system=" + SYSTEM + "&code=4242&targetsystem="
                + "http://hl7.org/fhir/sid/icd-10");
        Parameters back = parameters("ConceptMap/$translate?url=" + encoded(SYSTEM + "?fhir_cm=447562003")
                + "&system=http://hl7.org/fhir/sid/icd-10&code=B05.9&reverse=true");

        assertThat(codingOf(there).getCode()).isEqualTo("B05.9");
        assertThat(codingOf(back).getCode()).isEqualTo("4242");
        assertThat(codingOf(back).getDisplay()).isEqualTo("Plaie du site 4242");
    }

    @Test
    void saysOfACodeWithoutARowThatItHasNoCorrespondence() {
        String system = "ConceptMap/$translate?system=" + SYSTEM + "&code=4243";
        String icd10 = "http://hl7.org/fhir/sid/icd-10";
        String map = "&url=" + encoded(SYSTEM + "?fhir_cm=447562003");

        for (String question : List.of(
                system,
                system + map,
                system + "&targetsystem=" + icd10,
                "ConceptMap/$translate?system=" + icd10 + "&code=Z99.9&reverse=true" + map)) {
            assertThat(parameters(question).getParameterBool("result"))
                    .as(question)
                    .isFalse();
        }
        // The counter-examples: maps that nobody has.
        exchange.get(system + "&url=" + encoded(SYSTEM + "?fhir_cm=1")).isRefused(404, "ML-TERMINOLOGY-003");
        exchange.get(system + "&targetsystem=https://example.org/none").isRefused(404, "ML-TERMINOLOGY-003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://snomed.info/sct?fhir_vs=isa/100001",
                "http://snomed.info/sct?fhir_vs=ecl/42",
                "http://snomed.info/sct/1/version/20000101?fhir_vs",
                "https://example.org/never-loaded/vs"
            })
    void knowsNoImplicitValueSetOfWhatIsNotThere(String url) {
        exchange.get("ValueSet/$expand?count=1&url=" + encoded(url)).isRefused(404, "ML-TERMINOLOGY-001");
    }

    @Test
    void refusesFiltersThatItCannotAnswer() {
        ValueSet composed = new ValueSet();
        composed.getCompose()
                .addInclude()
                .setSystem(SYSTEM)
                .addFilter()
                .setProperty("code")
                .setOp(FilterOperator.REGEX)
                .setValue("(a+)+");

        exchange.post("ValueSet/$expand", exchange.json(asked(composed, 1))).isRefused(422, "ML-TERMINOLOGY-005");
    }

    /** With indexes: each is a matter of tens of milliseconds; the limit is generous because other tests run beside. */
    @Test
    void answersFast() {
        expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&filter=toux+4248&count=20");
        long before = System.nanoTime();
        for (int round = 0; round < 10; round++) {
            expand("url=" + encoded(SYSTEM + "?fhir_vs") + "&filter=toux+" + (4248 + 5 * round) + "&count=20");
            parameters("CodeSystem/$subsumes?system=" + SYSTEM + "&codeA=1&codeB=" + (90000 + round));
        }
        long milliseconds = (System.nanoTime() - before) / 1_000_000 / 20;

        System.err.printf(Locale.ROOT, "%nOne question to 100 000 concepts: %d ms%n", milliseconds);
        assertThat(milliseconds).isLessThan(500);
    }

    private ValueSetExpansionComponent expand(String query) {
        return exchange.get("ValueSet/$expand?" + query)
                .hasStatus(200)
                .as(ValueSet.class)
                .getExpansion();
    }

    private ValueSetExpansionComponent expand(ValueSet composed, int count) {
        return exchange.post("ValueSet/$expand", exchange.json(asked(composed, count)))
                .hasStatus(200)
                .as(ValueSet.class)
                .getExpansion();
    }

    private boolean resultOf(ValueSet composed, String code) {
        Parameters asked = new Parameters();
        asked.addParameter().setName("valueSet").setResource(composed);
        asked.addParameter("coding", new Coding(SYSTEM, code, null));
        return exchange.post("ValueSet/$validate-code", exchange.json(asked))
                .hasStatus(200)
                .as(Parameters.class)
                .getParameterBool("result");
    }

    private static Parameters asked(ValueSet composed, int count) {
        Parameters asked = new Parameters();
        asked.addParameter().setName("valueSet").setResource(composed);
        asked.addParameter("count", count);
        return asked;
    }

    private Parameters parameters(String path) {
        return exchange.get(path).hasStatus(200).as(Parameters.class);
    }

    private static List<String> codesOf(ValueSetExpansionComponent expansion) {
        return expansion.getContains().stream()
                .map(ValueSetExpansionContainsComponent::getCode)
                .toList();
    }

    private static List<String> propertiesOf(Parameters answer) {
        return answer.getParameter().stream()
                .filter(each -> each.getName().equals("property"))
                .map(each -> each.getPart().get(0).getValue().primitiveValue() + " "
                        + each.getPart().get(1).getValue().primitiveValue())
                .toList();
    }

    private static Coding codingOf(Parameters answer) {
        return (Coding) answer.getParameter().stream()
                .filter(each -> each.getName().equals("match"))
                .flatMap(match -> match.getPart().stream())
                .filter(part -> part.getName().equals("concept"))
                .findFirst()
                .map(part -> part.getValue())
                .orElseThrow();
    }
}
