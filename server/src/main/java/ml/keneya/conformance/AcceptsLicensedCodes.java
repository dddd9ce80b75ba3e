package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says nothing of codes whose system is well known but may not be distributed with the exchange, or has no list to
 * load: a warning with every LOINC code would teach clinics to read none. A system that nobody knows still gives one.
 */
final class AcceptsLicensedCodes extends UnknownCodeSystemWarningValidationSupport {

    /** Addresses, or their beginnings: national editions and versions follow. */
    private static final List<String> KNOWN_BUT_NOT_LOADED = List.of(
            "http://loinc.org",
            "http://snomed.info/sct",
            "http://hl7.org/fhir/sid/icd-10",
            "http://hl7.org/fhir/sid/icd-9",
            "http://hl7.org/fhir/sid/icd-11",
            "http://hl7.org/fhir/sid/icd-o",
            "http://hl7.org/fhir/sid/icf",
            "http://id.who.int/icd/",
            "http://hl7.org/fhir/sid/cvx",
            "http://hl7.org/fhir/sid/mvx",
            "http://hl7.org/fhir/sid/ndc",
            "http://www.whocc.no/atc",
            "http://www.nlm.nih.gov/research/umls/rxnorm",
            "http://unitsofmeasure.org",
            "http://dicom.nema.org/resources/ontology/DCM",
            "urn:ietf:bcp:",
            "urn:iso:std:iso:3166",
            "urn:iso:std:iso:4217",
            "urn:iso:std:iso:11073");

    AcceptsLicensedCodes(FhirContext context) {
        super(context);
        // A code system that nobody loaded is no reason to refuse a child's vaccination.
        setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    }

    @Override
    public @Nullable CodeValidationResult validateCode(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            @Nullable String codeSystem,
            String code,
            @Nullable String display,
            @Nullable String valueSetUrl) {
        CodeValidationResult unknown = super.validateCode(context, options, codeSystem, code, display, valueSetUrl);
        return unknown != null && codeSystem != null && isKnown(codeSystem)
                ? new CodeValidationResult().setCode(code)
                : unknown;
    }

    private static boolean isKnown(String codeSystem) {
        return KNOWN_BUT_NOT_LOADED.stream().anyMatch(codeSystem::startsWith);
    }
}
