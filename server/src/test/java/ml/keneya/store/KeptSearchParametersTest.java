package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Test;

class KeptSearchParametersTest {

    private static final KeptSearchParameters KEPT =
            new KeptSearchParameters(new DefaultProfileValidationSupport(FhirContext.forR4Cached()));

    @Test
    void keepsEveryRowOfTheListAndNothingElse() {
        Set<String> rows = rows().stream()
                .map(row -> row.get("resource_type") + "." + row.get("code"))
                .collect(Collectors.toSet());

        assertThat(ofOneType().map(parameter -> typeOf(parameter) + "." + parameter.getCode()))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void namesEachParameterOnceForEachType() {
        assertThat(rows().stream().map(row -> row.get("resource_type") + "." + row.get("code")))
                .doesNotHaveDuplicates();
        assertThat(KEPT.all()).extracting(SearchParameter::getUrl).doesNotHaveDuplicates();
    }

    @Test
    void saysForEachRowWhatItIsForInFrenchAndEnglish() {
        assertThat(rows())
                .allSatisfy(
                        row -> assertThat(row.get("use_fr")).as(row.toString()).hasSizeGreaterThan(15))
                .allSatisfy(
                        row -> assertThat(row.get("use_en")).as(row.toString()).hasSizeGreaterThan(15));
    }

    @Test
    void servesOnlyTypesInUse() {
        assertThat(ofOneType().map(KeptSearchParametersTest::typeOf)).isSubsetOf(ResourceTypesInUse.NAMES);
    }

    @Test
    void evaluatesNoBranchOfAnotherType() {
        assertThat(ofOneType())
                .allSatisfy(parameter -> assertThat(branchesOf(parameter))
                        .as("%s of %s", parameter.getCode(), typeOf(parameter))
                        .isNotEmpty()
                        .allSatisfy(branch -> assertThat(branch).matches("\\(?" + typeOf(parameter) + "(\\.|$).*")));
    }

    /** FHIR has an owner of a task, who is not the facility whose record it is. */
    @Test
    void givesTheLabelOfTheOwnerAnotherNameWhereFhirHasAnOwner() {
        assertThat(namesOfTask()).containsOnlyOnce("owner").contains("owner-facility");
    }

    /** HAPI leaves out a composite whose components it does not find, and says so at every start. */
    @Test
    void buildsCompositesOfWhatIsKept() {
        Set<String> urls = KEPT.all().stream().map(SearchParameter::getUrl).collect(Collectors.toSet());

        assertThat(KEPT.all().stream()
                        .flatMap(parameter -> parameter.getComponent().stream())
                        .map(component -> component.getDefinition()))
                .isNotEmpty()
                .isSubsetOf(urls);
    }

    private static List<String> namesOfTask() {
        return KEPT.all().stream()
                .filter(parameter -> parameter.hasBase("Task"))
                .map(SearchParameter::getCode)
                .toList();
    }

    @Test
    void isActiveInEverythingItKeeps() {
        assertThat(KEPT.all()).extracting(SearchParameter::getStatus).containsOnly(PublicationStatus.ACTIVE);
    }

    @Test
    void remembersWhatFhirCallsAParameterThatItCutToOneType() {
        SearchParameter date = KEPT.all().stream()
                .filter(parameter ->
                        parameter.hasBase("Encounter") && parameter.getCode().equals("date"))
                .findFirst()
                .orElseThrow();

        assertThat(date.getExpression()).isEqualTo("Encounter.period");
        assertThat(date.getDescription()).doesNotContain("[", "Multiple");
        assertThat(KEPT.standardCanonicalOf(date.getUrl()))
                .isEqualTo("http://hl7.org/fhir/SearchParameter/clinical-date");
    }

    /** Codes of the rows of one type. */
    static Stream<String> codesOf(String type) {
        return rows().stream()
                .filter(row -> row.get("resource_type").equals(type))
                .map(row -> row.get("code"));
    }

    private static Stream<SearchParameter> ofOneType() {
        return KEPT.all().stream()
                .filter(parameter -> !parameter.getCode().startsWith("_"))
                .filter(parameter -> !parameter.getUrl().startsWith(Canonicals.OWNER_PARAMETER))
                .filter(parameter -> !Compartments.isUnion(parameter.getCode()));
    }

    private static String typeOf(SearchParameter parameter) {
        assertThat(parameter.getBase()).as(parameter.getUrl()).hasSize(1);
        return parameter.getBase().get(0).getCode();
    }

    private static List<String> branchesOf(SearchParameter parameter) {
        return Stream.of(parameter.getExpression().split(" \\| "))
                .map(String::strip)
                .toList();
    }

    static List<CSVRecord> rows() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .build();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(KeptSearchParameters.class.getResourceAsStream("search-parameters.csv")),
                StandardCharsets.UTF_8)) {
            return format.parse(reader).getRecords();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
