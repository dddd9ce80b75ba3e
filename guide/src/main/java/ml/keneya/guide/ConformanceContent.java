package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/** Everything that the published package holds, in the order of type and id. */
record ConformanceContent(List<Resource> resources) {

    ConformanceContent {
        resources = resources.stream()
                .sorted(Comparator.comparing(Resource::fhirType).thenComparing(Resource::getIdPart))
                .toList();
    }

    /** Reads a folder laid out as a FHIR package, without asking its index. */
    static ConformanceContent in(Path folder, FhirContext context) {
        IParser parser = context.newJsonParser();
        try (Stream<Path> files = Files.list(folder)) {
            return new ConformanceContent(files.filter(Published::isResource)
                    .map(file -> (Resource) parser.parseResource(read(file)))
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    <T extends Resource> List<T> of(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<StructureDefinition> profiles() {
        return of(StructureDefinition.class).stream()
                .filter(each -> !isExtension(each))
                .toList();
    }

    List<StructureDefinition> extensions() {
        return of(StructureDefinition.class).stream()
                .filter(ConformanceContent::isExtension)
                .toList();
    }

    /** Where the profiles' addresses begin, whoever the guide's authority is. */
    String profilesAddress() {
        return profiles().get(0).getUrl().replaceAll("[^/]*$", "");
    }

    static boolean isExtension(StructureDefinition definition) {
        return "Extension".equals(definition.getType());
    }

    Optional<MetadataResource> byUrl(String canonical) {
        String url = canonical.replaceAll("\\|.*", "");
        return of(MetadataResource.class).stream()
                .filter(each -> url.equals(each.getUrl()))
                .findFirst();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
