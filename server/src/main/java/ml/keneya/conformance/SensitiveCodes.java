package ml.keneya.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which labels of sensitivity a record must bear because of what its codes tell of a person. The map
 * {@code ml-code-to-sensitivity} says so, where a doctor can read and correct it.
 */
public class SensitiveCodes {

    private static final String MAP = Canonicals.BASE + "/ConceptMap/ml-code-to-sensitivity";

    /** Classifications in which a code stands for all that begin with it: F32 for F32.1, G03A for G03AC08. */
    private static final Set<String> BY_BEGINNING = Set.of("http://hl7.org/fhir/sid/icd-10", "http://www.whocc.no/atc");

    /** The shortest beginning that is a code: a category of ICD-10. */
    private static final int SHORTEST = 3;

    /** A substance of ATC has seven characters. What is longer begins with a code, or is none. */
    private static final int LONGEST = 7;

    /** What tells of no person: a psychiatrist's role says nothing of a patient. */
    private static final Set<String> OF_NOBODY = Set.of(
            "Basic",
            "CapabilityStatement",
            "CodeSystem",
            "ConceptMap",
            "Device",
            "HealthcareService",
            "ImplementationGuide",
            "Library",
            "Location",
            "Measure",
            "MeasureReport",
            "Medication",
            "Organization",
            "Practitioner",
            "PractitionerRole",
            "Questionnaire",
            "Schedule",
            "SearchParameter",
            "Slot",
            "StructureDefinition",
            "Subscription",
            "Substance",
            "ValueSet");

    private static final Set<String> SUBJECTS = Set.of("subject", "for");

    private static final Set<String> PLACES = Set.of("Location", "Organization");

    private final Map<String, Map<String, List<Coding>>> labels = new HashMap<>();

    SensitiveCodes(ConformancePackages packages) {
        packages.resources()
                .filter(ConceptMap.class::isInstance)
                .map(ConceptMap.class::cast)
                .filter(map -> MAP.equals(map.getUrl()))
                .flatMap(map -> map.getGroup().stream())
                .forEach(this::add);
    }

    private void add(ConceptMapGroupComponent group) {
        Map<String, List<Coding>> ofSystem = labels.computeIfAbsent(group.getSource(), system -> new HashMap<>());
        group.getElement()
                .forEach(element -> element.getTarget()
                        .forEach(target -> ofSystem.computeIfAbsent(
                                        plain(group.getSource(), element.getCode()), code -> new ArrayList<>())
                                .add(new Coding().setSystem(group.getTarget()).setCode(target.getCode()))));
    }

    /**
     * The labels that the codes of a record ask for, each once; none for a record that tells of nobody. Only what
     * stands directly in the record is looked at, because every record pays for it.
     */
    public List<Coding> labelsFor(Resource record) {
        if (OF_NOBODY.contains(record.fhirType())) {
            return List.of();
        }
        Map<String, Coding> found = new LinkedHashMap<>();
        record.children().stream()
                .flatMap(element -> element.getValues().stream())
                .flatMap(SensitiveCodes::codings)
                .flatMap(this::labelsOf)
                .forEach(label -> found.put(label.getSystem() + "|" + label.getCode(), label.copy()));
        return found.isEmpty() || isOfAPlace(record) ? List.of() : List.copyOf(found.values());
    }

    /**
     * The labels that a record lacks. None where one restricts it already: who put that one has judged. One that only
     * forbids the name restricts nothing.
     */
    public List<Coding> lackingOn(Resource record) {
        return SensitivityLabels.restrictingOn(record.getMeta()).isEmpty() ? labelsFor(record) : List.of();
    }

    /** An alert of a disease in a district, or a stock-taking, names nobody. */
    private static boolean isOfAPlace(Resource record) {
        return record.children().stream()
                .filter(element -> SUBJECTS.contains(element.getName()))
                .flatMap(element -> element.getValues().stream())
                .anyMatch(value -> value instanceof Reference subject && leadsToAPlace(subject));
    }

    private static boolean leadsToAPlace(Reference subject) {
        return Stream.of(
                        Optional.ofNullable(subject.getType()),
                        Optional.ofNullable(subject.getReferenceElement().getResourceType()))
                .flatMap(Optional::stream)
                .anyMatch(PLACES::contains);
    }

    private static Stream<Coding> codings(Base value) {
        if (value instanceof CodeableConcept concept) {
            return concept.getCoding().stream();
        }
        return value instanceof Coding coding ? Stream.of(coding) : Stream.empty();
    }

    private Stream<Coding> labelsOf(Coding coding) {
        Map<String, List<Coding>> ofSystem = labels.get(coding.getSystem());
        if (ofSystem == null || !coding.hasCode()) {
            return Stream.empty();
        }
        String code = plain(coding.getSystem(), coding.getCode());
        Stream<String> wanted = BY_BEGINNING.contains(coding.getSystem())
                ? Stream.iterate(SHORTEST, length -> length <= Math.min(code.length(), LONGEST), length -> length + 1)
                        .map(length -> code.substring(0, length))
                : Stream.of(code);
        return wanted.flatMap(each -> ofSystem.getOrDefault(each, List.of()).stream());
    }

    /** As the classification prints it but for the point, which many leave out. */
    private static String plain(String system, String code) {
        return BY_BEGINNING.contains(system) ? code.replaceAll("[.\\s]", "").toUpperCase(Locale.ROOT) : code;
    }
}
