package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import ml.keneya.fhir.Language;
import ml.keneya.validation.compiled.Opinion;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How strongly a list binds decides what a code is worth that no list has: a remark, or a refusal. */
class UnknownCodesTest {

    private static final String DOSE = """
            {"resourceType":"Immunization","status":"completed","patient":{"reference":"Patient/1"},
             "occurrenceDateTime":"2026-11-12","primarySource":true,"lotNumber":"A1",%s}""";
    private static final String BCG =
            "\"vaccineCode\":{\"coding\":[{\"system\":\"https://keneya.ml/fhir/CodeSystem/ml-vaccine\",\"code\":\"BCG\"}]}";
    private static final String OBSERVATION = """
            {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},
             "effectiveDateTime":"2026-11-12",%s}""";

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Extensible: a list of Mali, alone and beside another system; a list of FHIR, as a Coding.
                "\"vaccineCode\":{\"coding\":[{\"system\":\"https://keneya.ml/fhir/CodeSystem/ml-vaccine\",\"code\":\"XYZ-9\"}]}",
                "\"vaccineCode\":{\"coding\":[{\"system\":\"https://keneya.ml/fhir/CodeSystem/ml-vaccine\",\"code\":\"XYZ-9\"},{\"system\":\"http://hl7.org/fhir/sid/cvx\",\"code\":\"229\"}]}",
                BCG
                        + ",\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"XYZ-9\"}]}",
                // Preferred: a list of Mali, and a system that nobody knows.
                BCG
                        + ",\"statusReason\":{\"coding\":[{\"system\":\"https://keneya.ml/fhir/CodeSystem/ml-immunization-not-done-reason\",\"code\":\"XYZ-9\"}]}",
                BCG
                        + ",\"statusReason\":{\"coding\":[{\"system\":\"https://example.org/reasons\",\"code\":\"XYZ-9\"}]}",
                // An example binds less still.
                BCG
                        + ",\"route\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration\",\"code\":\"XYZ-9\"}]}"
            })
    void remarksOnWhatNoListRequires(String element) {
        String record = DOSE.formatted(element);

        for (EncodingEnum encoding : List.of(EncodingEnum.JSON, EncodingEnum.XML)) {
            List<OperationOutcomeIssueComponent> said = official(record, encoding);
            assertThat(said).noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
            assertThat(said)
                    .anyMatch(issue -> issue.getSeverity() == IssueSeverity.WARNING
                            && issue.getDiagnostics().contains("XYZ-9"));
        }
        assertThat(validation.compiled().of(read(record))).isEqualTo(Opinion.UNSURE);
    }

    /** The counter-examples: each of these lists is required, and the code is called wrong besides. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                BCG
                        + ",\"extension\":[{\"url\":\"https://keneya.ml/fhir/StructureDefinition/ml-ext-vaccination-strategy\",\"valueCodeableConcept\":{\"coding\":[{\"system\":\"https://keneya.ml/fhir/CodeSystem/ml-vaccination-strategy\",\"code\":\"XYZ-9\"}]}}]",
                BCG
                        + ",\"contained\":[{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/1\"},\"clinicalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"XYZ-9\"}]}}],\"reasonReference\":[{\"reference\":\"#c\"}]"
            })
    void refusesWhatARequiredListDoesNotHave(String element) {
        String record = DOSE.formatted(element);

        for (EncodingEnum encoding : List.of(EncodingEnum.JSON, EncodingEnum.XML)) {
            List<OperationOutcomeIssueComponent> said = official(record, encoding);
            assertThat(said)
                    .filteredOn(issue -> issue.getDiagnostics().contains("XYZ-9"))
                    .hasSizeGreaterThan(1)
                    .allMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
        }
        assertThat(validation.compiled().of(read(record))).isNotEqualTo(Opinion.ACCEPT);
    }

    /** A slice may require a list where the element around it does not. */
    @ParameterizedTest
    @ValueSource(strings = """
                    {"resourceType":"Condition","code":{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"XYZ-9"}]},
                     "subject":{"reference":"Patient/1"},"recordedDate":"2026-11-10"}""")
    void refusesWhatARequiredSliceDoesNotHave(String record) {
        assertThat(official(record, EncodingEnum.JSON))
                .filteredOn(issue -> issue.getDiagnostics().contains("XYZ-9"))
                .hasSizeGreaterThan(1)
                .allMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
    }

    /** A number in a unit that does not exist says nothing. */
    @ParameterizedTest
    @ValueSource(
            strings =
                    "\"code\":{\"text\":\"x\"},\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"XYZ-9\"}")
    void refusesAUnitThatDoesNotExist(String element) {
        assertThat(official(OBSERVATION.formatted(element), EncodingEnum.JSON))
                .anyMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR
                        && issue.getDiagnostics().contains("XYZ-9"));
    }

    private List<OperationOutcomeIssueComponent> official(String json, EncodingEnum encoding) {
        Resource record = read(json);
        String text = encoding == EncodingEnum.JSON
                ? json
                : validation.mali().context().newXmlParser().encodeResourceToString(record);
        ResourceUtil.addRawDataToResource(record, encoding, text);
        try (Language.Spoken spoken = Language.FRENCH.spoken()) {
            return validation
                    .official()
                    .judge(record, record.fhirType(), new ValidationOptions())
                    .outcome(List.of(), Language.FRENCH)
                    .getIssue();
        }
    }

    private Resource read(String json) {
        return (Resource) validation.mali().context().newJsonParser().parseResource(json);
    }
}
