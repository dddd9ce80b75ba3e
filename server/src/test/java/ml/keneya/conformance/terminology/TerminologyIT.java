package ml.keneya.conformance.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.TerminologyCapabilities;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class TerminologyIT {

    private static final String VACCINES = "https://keneya.ml/fhir/ValueSet/ml-vaccine";
    private static final String PLACE = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015";
    private static final String VACCINE = "https://keneya.ml/fhir/CodeSystem/ml-vaccine";

    @Autowired
    Exchange exchange;

    @Test
    void fillsAFormInFrench() {
        ValueSetExpansionComponent expansion = expand("ValueSet/$expand?url=" + VACCINES);

        assertThat(expansion.getTotal())
                .isEqualTo(expansion.getContains().size())
                .isGreaterThan(10);
        assertThat(displayOf(expansion, "BCG")).isEqualTo("BCG (tuberculose)");
        assertThat(expansion.getContains()).extracting(each -> each.getSystem()).containsOnly(VACCINE);
    }

    @ParameterizedTest
    @CsvSource({"displayLanguage=en,", ",en", "displayLanguage=en-GB,fr"})
    void fillsAFormInEnglish(String parameter, String accepted) {
        String query = parameter == null ? "" : "&" + parameter;
        String language = accepted == null ? "fr" : accepted;

        Answer answer = exchange.get("ValueSet/ml-vaccine/$expand?count=50" + query, "Accept-Language", language);

        assertThat(displayOf(answer.hasStatus(200).as(ValueSet.class).getExpansion(), "BCG"))
                .isEqualTo("BCG (tuberculosis)");
    }

    /** Accents and capitals do not count, the words may come in any order, and the English name finds it too. */
    @ParameterizedTest
    @ValueSource(strings = {"hépatite", "HEPATITE", "naissance hepat", "birth+dose", "hep b"})
    void findsACodeWhileSomebodyTypes(String typed) {
        ValueSetExpansionComponent expansion = expand("ValueSet/$expand?url=" + VACCINES + "&filter="
                + typed.replace("é", "%C3%A9").replace(" ", "+"));

        assertThat(codesOf(expansion)).contains("HEPB0");
        assertThat(expansion.getTotal()).isLessThan(4);
    }

    /** Its name is Kayes, as that of its region and its commune. */
    @ParameterizedTest
    @ValueSource(strings = {"ML0101", "ml0101", "ml0101 kay"})
    void findsACodeThatSomebodyKnows(String typed) {
        ValueSetExpansionComponent expansion = expand(
                "ValueSet/$expand?url=https://keneya.ml/fhir/ValueSet/ml-cercle&filter=" + typed.replace(" ", "%20"));

        assertThat(expansion.getContains())
                .extracting(ValueSetExpansionContainsComponent::getCode)
                .containsExactly("ML0101");
        assertThat(expand("ValueSet/$expand?url=https://keneya.ml/fhir/ValueSet/ml-cercle&filter=l0101")
                        .getTotal())
                .isZero();
    }

    @Test
    void findsNothingForAWordThatStandsNowhere() {
        ValueSetExpansionComponent expansion = expand("ValueSet/$expand?url=" + VACCINES + "&filter=xyzzy");

        assertThat(expansion.getTotal()).isZero();
        assertThat(expansion.getContains()).isEmpty();
    }

    @Test
    void turnsThePagesOfALongList() {
        ValueSetExpansionComponent first = expand("ValueSet/ml-commune/$expand?count=10");
        ValueSetExpansionComponent second = expand("ValueSet/ml-commune/$expand?count=10&offset=10");

        assertThat(first.getContains()).hasSize(10);
        assertThat(second.getContains()).hasSize(10);
        assertThat(codesOf(second)).doesNotContainAnyElementsOf(codesOf(first));
        assertThat(first.getTotal()).isEqualTo(second.getTotal()).isGreaterThan(690);
        assertThat(second.getOffset()).isEqualTo(10);
        assertThat(expand("ValueSet/ml-commune/$expand?count=0").getContains()).isEmpty();
        assertThat(expand("ValueSet/ml-commune/$expand?offset=100000").getContains())
                .isEmpty();
    }

    @Test
    void namesTheCodesOfOthersAsMaliDoes() {
        assertThat(displayOf(expand("ValueSet/ml-encounter-class/$expand"), "VR"))
                .isEqualTo("Télésanté");
        assertThat(displayOf(expand("ValueSet/ml-encounter-class/$expand?displayLanguage=en"), "VR"))
                .isEqualTo("virtual");
    }

    @Test
    void expandsAListOfFhirItself() {
        ValueSetExpansionComponent expansion =
                expand("ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender");

        assertThat(codesOf(expansion)).containsExactlyInAnyOrder("male", "female", "other", "unknown");
    }

    @Test
    void expandsAListThatIsSentAlong() {
        String body = """
                {"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet",
                 "status":"active","compose":{"include":[{"system":"%s","concept":[{"code":"BCG"},{"code":"HEPB0"}]}]}}}]}""".formatted(VACCINE);

        Answer answer = exchange.post("ValueSet/$expand", body).hasStatus(200);

        assertThat(displayOf(answer.as(ValueSet.class).getExpansion(), "HEPB0")).startsWith("Hépatite B");
    }

    @Test
    void givesEveryNameToWhoAsks() {
        ValueSetExpansionContainsComponent bcg = expand(
                        "ValueSet/$expand?url=" + VACCINES + "&filter=tuberculose&includeDesignations=true")
                .getContains()
                .get(0);

        assertThat(bcg.getDesignation())
                .extracting(name -> name.getLanguage() + " " + name.getValue())
                .containsExactlyInAnyOrder("fr BCG (tuberculose)", "en BCG (tuberculosis)");
    }

    @ParameterizedTest
    @CsvSource({
        "ValueSet/$expand?url=https://example.org/none, 404, ML-TERMINOLOGY-001",
        "ValueSet/none/$expand, 404, ML-TERMINOLOGY-001",
        "ValueSet/$expand?url=https://keneya.ml/fhir/ValueSet/ml-vaccine%7C99, 404, ML-TERMINOLOGY-001",
        "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/all-languages, 422, ML-TERMINOLOGY-005",
        "ValueSet/$expand, 400, ML-FHIR-041",
        "ValueSet/ml-vaccine/$expand?count=-1, 400, ML-FHIR-040",
        "ValueSet/ml-vaccine/$expand?count=ten, 400, ML-FHIR-002",
        "ValueSet/$validate-code?url=https://example.org/none&code=x, 404, ML-TERMINOLOGY-001",
        "ValueSet/ml-vaccine/$validate-code, 400, ML-FHIR-041",
        "CodeSystem/$lookup?system=https://example.org/none&code=x, 404, ML-TERMINOLOGY-002",
        "CodeSystem/$lookup?system=https://keneya.ml/fhir/CodeSystem/ml-vaccine&code=x, 404, ML-TERMINOLOGY-004",
        "CodeSystem/$lookup?code=x, 400, ML-FHIR-041",
        "CodeSystem/$subsumes?codeA=x&codeB=y, 400, ML-FHIR-041",
        "CodeSystem/ml-vaccine/$subsumes?codeA=BCG, 400, ML-FHIR-041",
        "CodeSystem/ml-vaccine/$subsumes?codeA=BCG&codeB=x, 404, ML-TERMINOLOGY-004",
        "CodeSystem/ml-vaccine/$subsumes?codeA=BCG&codeB=BCG&system=http://loinc.org, 400, ML-FHIR-040",
        "ValueSet/ml-vaccine/$expand?excludeNested=false&count=3, 400, ML-FHIR-040",
        "CodeSystem/$validate-code?url=http://www.whocc.no/atc&code=x, 404, ML-TERMINOLOGY-002",
        "ConceptMap/none/$translate?code=x, 404, ML-TERMINOLOGY-003",
        "ConceptMap/$translate?system=https://example.org/none&code=x, 404, ML-TERMINOLOGY-003",
        "metadata?mode=odd, 400, ML-FHIR-040"
    })
    void refusesInFrenchWhatItDoesNotKnow(String path, int status, String code) {
        exchange.get(path).isRefused(status, code);
    }

    @Test
    void saysWhetherACodeIsInAList() {
        assertThat(resultOf("ValueSet/$validate-code?url=" + VACCINES + "&system=" + VACCINE + "&code=BCG"))
                .isTrue();
        assertThat(resultOf("ValueSet/ml-vaccine/$validate-code?code=BCG")).isTrue();
        assertThat(resultOf("ValueSet/ml-vaccine/$validate-code?system=http://loinc.org&code=BCG"))
                .isFalse();
        assertThat(resultOf("ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/ucum-units"
                        + "&system=http://unitsofmeasure.org&code=kg"))
                .isTrue();
    }

    @Test
    void saysInFrenchThatACodeIsNotInAList() {
        Parameters answer = parameters("ValueSet/ml-vaccine/$validate-code?system=" + VACCINE + "&code=XYZ");

        assertThat(answer.getParameter("message").getValue().primitiveValue())
                .contains("XYZ")
                .contains("n'est pas dans l'ensemble de valeurs");
    }

    @Test
    void knowsACodeByItsNameInEitherLanguage() {
        String check = "CodeSystem/$validate-code?url=" + VACCINE + "&code=BCG&display=";

        assertThat(resultOf(check + "bcg+(tuberculosis)")).isTrue();
        assertThat(resultOf(check + "BCG+(Tuberculose)")).isTrue();
        assertThat(resultOf(check + "rougeole")).isFalse();
        assertThat(resultOf("CodeSystem/ml-vaccine/$validate-code?code=BCG")).isTrue();
    }

    @Test
    void looksUpACode() {
        Parameters french = parameters("CodeSystem/$lookup?system=" + VACCINE + "&code=BCG");
        Parameters english = parameters("CodeSystem/$lookup?system=" + VACCINE + "&code=BCG&displayLanguage=en");

        assertThat(french.getParameter("display").getValue()).hasToString("BCG (tuberculose)");
        assertThat(english.getParameter("display").getValue()).hasToString("BCG (tuberculosis)");
        assertThat(french.getParameter()).extracting(each -> each.getName()).contains("name", "version", "property");
    }

    @Test
    void looksUpOnePropertyOfACode() {
        Parameters answer = parameters("CodeSystem/$lookup?system=" + VACCINE + "&code=BCG&property=target-disease");

        assertThat(answer.getParameter())
                .filteredOn(each -> each.getName().equals("property"))
                .hasSize(1)
                .allSatisfy(property -> assertThat(
                                ((CodeType) property.getPartFirstRep().getValue()).getCode())
                        .isEqualTo("target-disease"));
    }

    @Test
    void looksUpWhatACodeIsPartOfAndWhatIsPartOfIt() {
        Parameters region = parameters("CodeSystem/$lookup?system=" + PLACE + "&code=ML01&property=child");
        Parameters district = parameters("CodeSystem/$lookup?system=" + PLACE + "&code=ML0103&property=parent");

        assertThat(properties(region)).contains("child ML0103");
        assertThat(properties(district)).containsExactly("parent ML01");
    }

    @ParameterizedTest
    @CsvSource({
        "ML01, ML0103, subsumes",
        "ML0103, ML01, subsumed-by",
        "ML01, ML01, equivalent",
        "ML01, ML02, not-subsumed"
    })
    void saysWhetherOneCodeStandsAboveAnother(String one, String other, String outcome) {
        String codes = "codeA=" + one + "&codeB=" + other;

        Parameters byUrl = parameters("CodeSystem/$subsumes?system=" + PLACE + "&" + codes);
        Parameters byId = parameters("CodeSystem/ml-administrative-division-2015/$subsumes?" + codes);

        assertThat(byUrl.getParameter("outcome").getValue().primitiveValue()).isEqualTo(outcome);
        assertThat(byId.getParameter("outcome").getValue().primitiveValue()).isEqualTo(outcome);
    }

    @Test
    void nestsTheCodesOfAListThatHaveAnOrder() {
        ValueSet places = new ValueSet();
        places.getCompose().addInclude().setSystem(PLACE);
        Parameters asked = new Parameters();
        asked.addParameter().setName("valueSet").setResource(places);
        ValueSetExpansionComponent flat = expand(asked);
        asked.addParameter("excludeNested", false);
        ValueSetExpansionComponent nested = expand(asked);

        assertThat(nested.getTotal()).isEqualTo(flat.getTotal());
        assertThat(nested.getContains()).extracting(each -> each.getCode()).containsExactly("ML");
        assertThat(withAllUnder(nested.getContains()))
                .containsExactlyInAnyOrderElementsOf(withAllUnder(flat.getContains()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CodeSystem?url=" + VACCINE,
                "CodeSystem?_id=ml-vaccine",
                "CodeSystem?url=" + VACCINE + "&status=active,draft",
                "ValueSet?url=" + VACCINES,
                "ValueSet?_id=ml-vaccine&name=MLVaccine",
                "ConceptMap?_id=ml-vaccine-to-cvx",
                "StructureDefinition?url=https://keneya.ml/fhir/StructureDefinition/ml-patient"
            })
    void isFoundBySearch(String search) {
        assertThat(exchange.get(search).hasStatus(200).bundle().getEntry()).hasSize(1);
    }

    @Test
    void translatesACodeThereAndBack() {
        Parameters there = parameters(
                "ConceptMap/$translate?system=" + VACCINE + "&code=BCG&targetsystem=http://hl7.org/fhir/sid/cvx");
        Parameters back = parameters(
                "ConceptMap/ml-vaccine-to-cvx/$translate?system=http://hl7.org/fhir/sid/cvx&code=19&reverse=true");

        assertThat(codingOf(there).getSystem() + "#" + codingOf(there).getCode())
                .isEqualTo("http://hl7.org/fhir/sid/cvx#19");
        assertThat(codingOf(back).getCode()).isEqualTo("BCG");
    }

    @Test
    void saysThatACodeHasNoTranslation() {
        Parameters answer = parameters("ConceptMap/ml-vaccine-to-cvx/$translate?system=" + VACCINE + "&code=XYZ");

        assertThat(answer.getParameterBool("result")).isFalse();
        assertThat(answer.getParameter("message").getValue().primitiveValue()).contains("n'a pas de correspondance");
    }

    @Test
    void describesTheTerminologyItHas() {
        TerminologyCapabilities capabilities =
                exchange.get("metadata?mode=terminology").hasStatus(200).as(TerminologyCapabilities.class);

        assertThat(capabilities.getTitle()).startsWith("Kènèya");
        assertThat(capabilities.getCodeSystem())
                .filteredOn(system -> system.getUri().equals(VACCINE))
                .hasSize(1)
                .allSatisfy(system ->
                        assertThat(system.getVersionFirstRep().getCode()).isNotBlank());
        assertThat(capabilities.getExpansion().getPaging()).isTrue();
        assertThat(capabilities.getValidateCode().getTranslations()).isTrue();
        assertThat(capabilities.getSoftware().getVersion()).isNotBlank();
        assertThat(exchange.get("metadata?mode=terminology&_format=xml").body()).startsWith("<TerminologyCapabilities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "metadata?mode=full", "metadata?mode=normative"})
    void describesTheExchangeInTheOtherModes(String path) {
        assertThat(exchange.get(path).hasStatus(200).body()).contains("\"CapabilityStatement\"");
    }

    private ValueSetExpansionComponent expand(String path) {
        return exchange.get(path).hasStatus(200).as(ValueSet.class).getExpansion();
    }

    private ValueSetExpansionComponent expand(Parameters asked) {
        return exchange.post("ValueSet/$expand", exchange.json(asked))
                .hasStatus(200)
                .as(ValueSet.class)
                .getExpansion();
    }

    private Parameters parameters(String path) {
        return exchange.get(path).hasStatus(200).as(Parameters.class);
    }

    private static List<String> properties(Parameters answer) {
        return answer.getParameter().stream()
                .filter(each -> each.getName().equals("property"))
                .map(each -> each.getPart().get(0).getValue().primitiveValue() + " "
                        + each.getPart().get(1).getValue().primitiveValue())
                .toList();
    }

    private static List<String> withAllUnder(List<ValueSetExpansionContainsComponent> contents) {
        return contents.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.getCode()), withAllUnder(each.getContains()).stream()))
                .toList();
    }

    private boolean resultOf(String path) {
        return parameters(path).getParameterBool("result");
    }

    private static Coding codingOf(Parameters answer) {
        return (Coding) answer.getParameter().stream()
                .filter(each -> each.getName().equals("match"))
                .flatMap(match -> match.getPart().stream())
                .filter(part -> part.getName().equals("concept"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<String> codesOf(ValueSetExpansionComponent expansion) {
        return expansion.getContains().stream()
                .map(ValueSetExpansionContainsComponent::getCode)
                .toList();
    }

    private static String displayOf(ValueSetExpansionComponent expansion, String code) {
        return expansion.getContains().stream()
                .filter(each -> each.getCode().equals(code))
                .map(ValueSetExpansionContainsComponent::getDisplay)
                .findFirst()
                .orElseThrow();
    }
}
