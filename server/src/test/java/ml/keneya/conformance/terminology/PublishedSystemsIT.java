package ml.keneya.conformance.terminology;

import static ml.keneya.test.Upload.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Upload;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Reads the lines that {@code ./keneya terminology load} makes of publishers' files. {@code TerminologyTest} of the
 * load scripts holds the same lines to the files beside them, so that neither side changes alone. The content is made
 * up.
 */
@KeneyaIntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedSystemsIT {

    private static final Path LINES = Path.of("../load-scripts/src/test/resources/terminology");
    private static final String LOINC = "http://loinc.org";
    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";

    /** Not SNOMED CT's own address: another test loads a hundred thousand concepts there. */
    private static final String SNOMED = "https://example.org/snomed-as-released";

    @Autowired
    Exchange exchange;

    @BeforeAll
    void load() throws IOException {
        new Upload(exchange, LOINC, "0.9", "made-up").whole(Files.readString(LINES.resolve("loinc.ndjson")));
        new Upload(exchange, ICD_10, "2099", "made-up").whole(Files.readString(LINES.resolve("claml.ndjson")));
        new Upload(exchange, SNOMED, "2099", "made-up").whole(Files.readString(LINES.resolve("snomed.ndjson")));
    }

    @ParameterizedTest
    @CsvSource({
        LOINC + ", 1-1, Poids corporel",
        LOINC + ", 2-9, 'Old \"quoted\" thing'",
        ICD_10 + ", E10, Diabète de type 1",
        ICD_10 + ", E10.0, Diabète de type 1 – avec coma",
        SNOMED + ", 100, '\"Hot\" fever'"
    })
    void namesACode(String system, String code, String name) {
        assertThat(lookUp(system, code).getParameter("display").getValue().primitiveValue())
                .isEqualTo(name);
    }

    @Test
    void expandsTheAnswersOfALoincList() {
        assertThat(codesOf(LOINC + "/vs/LL1-9")).containsExactly("LA6-8", "LA7-6");
        assertThat(codesOf(LOINC + "/vs/LL2-7")).containsExactly("LA7-6");
    }

    @Test
    void expandsTheTermsBelowALoincPart() {
        assertThat(codesOf(LOINC + "/vs/LP1-1")).containsExactly("1-1", "LP2-9");
        assertThat(codesOf(LOINC + "/vs/LP2-9")).containsExactly("1-1");
    }

    /** The counter-example: neither a list nor a part that the loaded version has. */
    @ParameterizedTest
    @ValueSource(strings = {"LL9-9", "LP9-9", "LA6-8", "1-1"})
    void knowsNoOtherValueSetOfLoinc(String code) {
        exchange.get("ValueSet/$expand?url=" + encoded(LOINC + "/vs/" + code)).isRefused(404, "ML-TERMINOLOGY-001");
    }

    @ParameterizedTest
    @CsvSource({ICD_10 + ", IV, E10.0", LOINC + ", LP1-1, 1-1", SNOMED + ", 138, 100"})
    void knowsWhatStandsAboveACode(String system, String above, String below) {
        assertThat(exchange.get("CodeSystem/$subsumes?system=" + encoded(system) + "&codeA=" + above + "&codeB="
                                + below)
                        .hasStatus(200)
                        .as(Parameters.class)
                        .getParameter("outcome")
                        .getValue()
                        .primitiveValue())
                .isEqualTo("subsumes");
    }

    @Test
    void findsACodeByANameThatIsNotShown() {
        assertThat(exchange.get("ValueSet/$expand?url=" + encoded(ICD_10 + "/vs") + "&filter=juvenile")
                        .hasStatus(200)
                        .body())
                .contains("\"E10\"");
    }

    @Test
    void knowsWhatThePublisherRetired() {
        assertThat(codesOf(SNOMED + "/vs", "&activeOnly=true")).contains("100").doesNotContain("200");
    }

    private Parameters lookUp(String system, String code) {
        return exchange.get("CodeSystem/$lookup?system=" + encoded(system) + "&code=" + code)
                .hasStatus(200)
                .as(Parameters.class);
    }

    private List<String> codesOf(String valueSet, String... more) {
        return exchange
                .get("ValueSet/$expand?url=" + encoded(valueSet) + String.join("", more))
                .hasStatus(200)
                .as(ValueSet.class)
                .getExpansion()
                .getContains()
                .stream()
                .map(ValueSetExpansionContainsComponent::getCode)
                .toList();
    }
}
