package ml.keneya.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which labels of sensitivity a record must bear because of what its codes tell of a person. The map
 * {@code ml-code-to-sensitivity} says so, where a doctor can read and correct it.
 */
public class SensitiveCodes {

    private static final String MAP = Canonicals.BASE + "/ConceptMap/ml-code-to-sensitivity";

    /**
     * Classifications in which a code stands for all that begin with it: F32 for F32.1, 1C62 for 1C62.3, G03A for
     * G03AC08. Editions and versions of a classification have addresses that begin with its own.
     */
    private enum Classification {
        ICD_10(
                "http://hl7.org/fhir/sid/icd-10",
                "http://id.who.int/icd/release/10",
                "urn:oid:2.16.840.1.113883.6.3",
                "urn:oid:2.16.840.1.113883.6.90"),
        ICD_11("http://id.who.int/icd/release/11", "http://hl7.org/fhir/sid/icd-11"),
        ATC("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73");

        private final List<String> addresses;

        Classification(String... addresses) {
            this.addresses = List.of(addresses);
        }

        static Optional<Classification> of(String system) {
            return Stream.of(values())
                    .filter(each -> each.addresses.stream().anyMatch(address -> leadsTo(address, system)))
                    .findFirst();
        }

        /** icd-10-cm is an edition of icd-10, and 6.30 is none of 6.3. */
        private static boolean leadsTo(String address, String system) {
            return system.startsWith(address)
                    && (system.length() == address.length()
                            || !Character.isLetterOrDigit(system.charAt(address.length())));
        }
    }

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

    private static final Pattern UNPRINTED = Pattern.compile("[.\\s]");

    /** ICD-11 joins codes that say one thing together: 1B10.0/1C62. */
    private static final Pattern JOINED = Pattern.compile("[/&]");

    /** By the name of the classification or, for other systems, the address; then by the code. */
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
        Optional<Classification> classification = Classification.of(group.getSource());
        Map<String, List<Coding>> ofSystem =
                labels.computeIfAbsent(key(classification, group.getSource()), system -> new HashMap<>());
        group.getElement()
                .forEach(element -> element.getTarget()
                        .forEach(target -> ofSystem.computeIfAbsent(
                                        classification.isPresent() ? plain(element.getCode()) : element.getCode(),
                                        code -> new ArrayList<>())
                                .add(new Coding().setSystem(group.getTarget()).setCode(target.getCode()))));
    }

    private static String key(Optional<Classification> classification, String system) {
        return classification.map(Classification::name).orElse(system);
    }

    /** Whether no record of the type is ever labelled for its codes. */
    public static boolean areOfNobody(String type) {
        return OF_NOBODY.contains(type);
    }

    /**
     * The labels that the codes of a record ask for, each once; none for a record that tells of nobody. Only what
     * stands directly in the record is looked at, because every record pays for it, and the parts of an observation,
     * which have rows of their own.
     */
    public List<Coding> labelsFor(Resource record) {
        if (OF_NOBODY.contains(record.fhirType())) {
            return List.of();
        }
        Map<String, Coding> found = new LinkedHashMap<>();
        Stream.concat(record.children().stream(), partsOf(record))
                .flatMap(element -> element.getValues().stream())
                .flatMap(SensitiveCodes::codings)
                .flatMap(this::labelsOf)
                .forEach(label -> found.put(label.getSystem() + "|" + label.getCode(), label.copy()));
        return found.isEmpty() || isOfAPlace(record) ? List.of() : List.copyOf(found.values());
    }

    private static Stream<Property> partsOf(Resource record) {
        return record instanceof Observation observation
                ? observation.getComponent().stream().flatMap(part -> part.children().stream())
                : Stream.empty();
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

    /** What the reference names counts; its type is only the sender's word, for one that names none. */
    private static boolean leadsToAPlace(Reference subject) {
        String named = subject.getReferenceElement().getResourceType();
        String type = named == null ? subject.getType() : named;
        return type != null && PLACES.contains(type);
    }

    private static Stream<Coding> codings(Base value) {
        if (value instanceof CodeableConcept concept) {
            return concept.getCoding().stream();
        }
        return value instanceof Coding coding ? Stream.of(coding) : Stream.empty();
    }

    private Stream<Coding> labelsOf(Coding coding) {
        // A withheld code has an extension and no value.
        if (coding.getSystem() == null || coding.getCode() == null) {
            return Stream.empty();
        }
        Optional<Classification> classification = Classification.of(coding.getSystem());
        Map<String, List<Coding>> ofSystem = labels.get(key(classification, coding.getSystem()));
        if (ofSystem == null) {
            return Stream.empty();
        }
        Stream<String> wanted = classification.isPresent() ? beginnings(coding.getCode()) : Stream.of(coding.getCode());
        return wanted.flatMap(each -> ofSystem.getOrDefault(each, List.of()).stream());
    }

    private static Stream<String> beginnings(String code) {
        return JOINED.splitAsStream(code)
                .map(SensitiveCodes::plain)
                .flatMap(each -> IntStream.rangeClosed(SHORTEST, Math.min(each.length(), LONGEST))
                        .mapToObj(length -> each.substring(0, length)));
    }

    /** As the classification prints it but for the point, which many leave out. */
    private static String plain(String code) {
        return UNPRINTED.matcher(code).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
