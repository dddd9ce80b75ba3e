package ml.keneya.store;

import java.util.List;
import java.util.stream.Stream;

/** The resource types of this exchange; all others answer 404. */
final class ResourceTypesInUse {

    /** People, places and who works where. */
    private static final List<String> REGISTRIES = List.of(
            "Patient",
            "RelatedPerson",
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "Location",
            "HealthcareService",
            "Device",
            "Group");

    /** What happens in care and at a distance. */
    private static final List<String> CARE = List.of(
            "Encounter",
            "EpisodeOfCare",
            "Appointment",
            "Schedule",
            "Slot",
            "Immunization",
            "ImmunizationRecommendation",
            "AdverseEvent",
            "Observation",
            "Condition",
            "Procedure",
            "MedicationRequest",
            "AllergyIntolerance",
            "Coverage",
            "ServiceRequest",
            "DiagnosticReport",
            "Specimen",
            "Composition",
            "DocumentReference",
            "Communication",
            "Consent",
            "Questionnaire",
            "QuestionnaireResponse",
            "List",
            "Flag",
            "Task");

    /** What the agency counts, and the traces. */
    private static final List<String> REPORTING = List.of(
            "Measure", "MeasureReport", "Provenance", "AuditEvent", "Subscription", "Bundle", "Binary", "Basic");

    /** Conformance and terminology. */
    private static final List<String> CONFORMANCE = List.of(
            "StructureDefinition",
            "SearchParameter",
            "OperationDefinition",
            "CapabilityStatement",
            "ImplementationGuide",
            "CompartmentDefinition",
            "CodeSystem",
            "ValueSet",
            "ConceptMap",
            "NamingSystem",
            "Library");

    static final List<String> NAMES = Stream.of(REGISTRIES, CARE, REPORTING, CONFORMANCE)
            .flatMap(List::stream)
            .toList();

    static final List<String> OF_RECORDS =
            Stream.of(REGISTRIES, CARE, REPORTING).flatMap(List::stream).toList();

    private ResourceTypesInUse() {}
}
