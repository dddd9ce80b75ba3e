package ml.keneya.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Resource;

/** The package that this build made, read back as a stranger would read it. */
final class BuiltPackage {

    static final Path LISTS = Path.of("src/main/csv");
    static final Path FOLDER = Path.of("target/classes/ml.keneya.terminology/package");
    static final String VERSION = System.getProperty("terminology.version");
    static final FhirContext FHIR = FhirContext.forR4();

    private static final List<Resource> RESOURCES = parse();

    private BuiltPackage() {}

    static Map<String, String> files(Path folder) {
        var texts = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }

    static List<Resource> resources() {
        return RESOURCES;
    }

    static <T extends Resource> List<T> resources(Class<T> type) {
        return resources().stream().filter(type::isInstance).map(type::cast).toList();
    }

    static CodeSystem codeSystem(String id) {
        return resources(CodeSystem.class).stream()
                .filter(system -> system.getIdPart().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The concepts of all levels. */
    static List<ConceptDefinitionComponent> concepts(CodeSystem system) {
        return flat(system.getConcept()).toList();
    }

    static List<String> codes(CodeSystem system) {
        return flat(system.getConcept())
                .map(ConceptDefinitionComponent::getCode)
                .toList();
    }

    private static Stream<ConceptDefinitionComponent> flat(List<ConceptDefinitionComponent> concepts) {
        return concepts.stream().flatMap(concept -> Stream.concat(Stream.of(concept), flat(concept.getConcept())));
    }

    private static List<Resource> parse() {
        var strict = FHIR.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
        return files(FOLDER).entrySet().stream()
                .filter(file ->
                        !file.getKey().equals("package.json") && !file.getKey().equals(".index.json"))
                .map(file -> (Resource) strict.parseResource(file.getValue()))
                .toList();
    }
}
