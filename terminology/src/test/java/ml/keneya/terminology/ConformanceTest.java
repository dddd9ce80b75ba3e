package ml.keneya.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What HAPI's validator and its expander, both offline, say about the package. */
@Execution(ExecutionMode.CONCURRENT)
class ConformanceTest {

    private static final IValidationSupport SUPPORT = offlineSupport();
    private static final FhirValidator VALIDATOR =
            BuiltPackage.FHIR.newValidator().registerValidatorModule(new FhirInstanceValidator(SUPPORT));

    /** Sizes that a source states; a lost row would not show otherwise. */
    private static final Map<String, Integer> KNOWN_SIZES = Map.of(
            "ml-region", 9 + 20,
            // With Bamako, which stands for a cercle.
            "ml-cercle", 49 + 1 + 159,
            "ml-commune", 701,
            "ml-vaccine-dose", 32,
            "ml-notifiable-disease", 57,
            "ml-residence-status", 5);

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void conformsToR4(Resource resource) {
        assertThat(errors(resource)).isEmpty();
    }

    @Test
    void findsFaultWithACodeGivenTwice() {
        var system = BuiltPackage.codeSystem("ml-residence-status").copy();
        system.addConcept(system.getConceptFirstRep().copy());

        assertThat(errors(system)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valueSets")
    void expandsOffline(ValueSet valueSet) {
        var codes = expansion(valueSet);

        assertThat(codes)
                .isNotEmpty()
                .allSatisfy(code -> assertThat(code.getDisplay()).isNotBlank());
        assertThat(codes)
                .hasSize(KNOWN_SIZES.getOrDefault(valueSet.getIdPart(), codes.size()))
                .filteredOn(code -> code.getSystem().startsWith(Heading.CANONICAL_BASE))
                .allSatisfy(code -> assertThat(codesOf(code.getSystem())).contains(code.getCode()));
    }

    static Stream<Named<Resource>> resources() {
        return BuiltPackage.resources().stream()
                .map(resource -> Named.of(resource.fhirType() + " " + resource.getIdPart(), resource));
    }

    static Stream<Named<ValueSet>> valueSets() {
        return BuiltPackage.resources(ValueSet.class).stream().map(set -> Named.of(set.getIdPart(), set));
    }

    private static List<SingleValidationMessage> errors(Resource resource) {
        return VALIDATOR.validateWithResult(resource).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .toList();
    }

    private static List<ValueSetExpansionContainsComponent> expansion(ValueSet valueSet) {
        var outcome =
                SUPPORT.expandValueSet(new ValidationSupportContext(SUPPORT), new ValueSetExpansionOptions(), valueSet);
        assertThat(outcome.getError()).isNull();
        return ((ValueSet) outcome.getValueSet()).getExpansion().getContains();
    }

    private static List<String> codesOf(String canonical) {
        return BuiltPackage.codes(BuiltPackage.codeSystem(canonical.substring(canonical.lastIndexOf('/') + 1)));
    }

    private static IValidationSupport offlineSupport() {
        var fhir = BuiltPackage.FHIR;
        var ours = new PrePopulatedValidationSupport(fhir);
        BuiltPackage.resources(CodeSystem.class).forEach(ours::addCodeSystem);
        BuiltPackage.resources(ValueSet.class).forEach(ours::addValueSet);
        return new ValidationSupportChain(
                new DefaultProfileValidationSupport(fhir),
                ours,
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir));
    }
}
