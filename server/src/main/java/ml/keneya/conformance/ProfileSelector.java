package ml.keneya.conformance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * When a profile applies to a record that does not claim it: an element of the record carries a code. The profile
 * itself says so, in the extension {@code ml-ext-applies-when}, so that the guide, the exchange and other systems read
 * one text.
 *
 * @param path names of elements from the resource down, looked up without FHIRPath because every record pays for it
 * @param marks {@code system|code} of a code, or an address with or without its version
 */
record ProfileSelector(List<String> path, Set<String> marks) {

    private static final String EXTENSION = Canonicals.BASE + "/StructureDefinition/ml-ext-applies-when";

    static List<ProfileSelector> of(StructureDefinition profile, ConformancePackages packages) {
        return profile.getExtensionsByUrl(EXTENSION).stream()
                .map(extension -> new ProfileSelector(
                        List.of(extension.getExtensionString("path").split("\\.")),
                        marks(extension, packages).collect(Collectors.toUnmodifiableSet())))
                .toList();
    }

    boolean selects(Resource resource) {
        List<Base> reached = List.of(resource);
        for (String name : path) {
            reached = reached.stream()
                    .flatMap(element -> element.listChildrenByName(name).stream())
                    .toList();
        }
        return reached.stream().flatMap(ProfileSelector::marksOf).anyMatch(marks::contains);
    }

    private static Stream<String> marksOf(Base element) {
        if (element instanceof CodeableConcept concept) {
            return concept.getCoding().stream().map(ProfileSelector::mark);
        }
        if (element instanceof Coding coding) {
            return Stream.of(mark(coding));
        }
        if (element instanceof PrimitiveType<?> address && address.hasValue()) {
            return Stream.of(address.getValueAsString().replaceAll("\\|.*", ""));
        }
        return Stream.empty();
    }

    private static Stream<String> marks(Extension extension, ConformancePackages packages) {
        Optional<Stream<String>> coding = value(extension, "coding").map(it -> Stream.of(mark((Coding) it)));
        Optional<Stream<String>> uri = value(extension, "uri").map(it -> Stream.of(it.primitiveValue()));
        return coding.or(() -> uri)
                .orElseGet(() -> codesOf(
                        packages, value(extension, "valueSet").orElseThrow().primitiveValue()));
    }

    private static Optional<Base> value(Extension extension, String part) {
        return Optional.ofNullable(extension.getExtensionByUrl(part)).map(Extension::getValue);
    }

    /** Our value sets write out the codes of others, or take a whole system of ours. */
    private static Stream<String> codesOf(ConformancePackages packages, String valueSet) {
        return packages.resources()
                .filter(ValueSet.class::isInstance)
                .map(ValueSet.class::cast)
                .filter(it -> valueSet.equals(it.getUrl()))
                .flatMap(it -> it.getCompose().getInclude().stream())
                .flatMap(include -> include.hasConcept()
                        ? include.getConcept().stream().map(it -> mark(include.getSystem(), it.getCode()))
                        : WholeSystem.codes(packages, include.getSystem()).map(it -> mark(include.getSystem(), it)));
    }

    private static String mark(Coding coding) {
        return mark(coding.getSystem(), coding.getCode());
    }

    private static String mark(String system, String code) {
        return system + "|" + code;
    }
}
