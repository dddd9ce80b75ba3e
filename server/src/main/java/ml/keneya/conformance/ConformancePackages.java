package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;

/** The two packages that say what is valid: the words Mali uses, and what a valid record looks like. */
public record ConformancePackages(ConformancePackage terminology, ConformancePackage profiles) {

    static ConformancePackages load(FhirContext context) {
        return new ConformancePackages(
                ConformancePackage.load("ml.keneya.terminology", context),
                ConformancePackage.load("ml.keneya.core", context));
    }

    public List<ConformancePackage> all() {
        return List.of(terminology, profiles);
    }

    Stream<MetadataResource> resources() {
        return all().stream().flatMap(each -> each.resources().stream());
    }
}
