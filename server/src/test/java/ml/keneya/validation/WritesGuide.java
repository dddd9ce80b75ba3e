package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.IParser;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.guide.Answers;
import ml.keneya.guide.Example;
import ml.keneya.guide.Guide;
import ml.keneya.store.PublishedSearchParameters;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.slf4j.LoggerFactory;

/**
 * Maven runs this before it packs the server: writes the guide and the package into the classes. It stands here because
 * the guide shows what the exchange really answers, and only the exchange's own validation can say that.
 */
final class WritesGuide {

    private static final String REFUSALS = "ml.keneya.fhir.refusals";

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();
    private final MaliOnTheClassPath mali = validation.mali();

    /** @param arguments the project's folder, and the server's target folder */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path target = Path.of(arguments[1]);
        Path profiles = withSnapshots(onClassPath("ml.keneya.core"), target.resolve("package-with-snapshots"));
        new WritesGuide().write(Path.of(arguments[0]).normalize(), target, profiles);
    }

    private void write(Path project, Path target, Path profiles) throws Exception {
        Map<String, ResourceBundle> refusals = Map.of("fr", refusals(Locale.FRENCH), "en", refusals(Locale.ENGLISH));
        Guide guide = new Guide(
                mali.context(),
                List.of(onClassPath("ml.keneya.terminology"), profiles),
                Example.in(project.resolve("profiles/src/test/resources")),
                PublishedSearchParameters.all(),
                project.resolve("load-scripts/src/main/resources/samples"),
                refusals);
        Path site = target.resolve("classes/ml/keneya/fhir/guide/site");
        guide.write(site, answers());
        // The artefact of the build, for who publishes the package without running a server.
        Files.copy(
                site.resolve(Guide.ARCHIVE), target.resolve("ml.keneya.core.tgz"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Answers answers() {
        String base = mali.profiles().of("Patient").get(0).replaceAll("[^/]*$", "");
        return (example, language) -> {
            IBaseResource resource = mali.context().newJsonParser().parseResource(example.json());
            String profile = base + example.profile();
            return validation
                    .judge()
                    .judge(
                            resource,
                            profile,
                            List.of(),
                            language.equals("en") ? Language.ENGLISH : Language.FRENCH,
                            Caller.system());
        };
    }

    /** SUSHI and HL7's publisher build only upon profiles that carry their snapshot. */
    private static Path withSnapshots(Path profiles, Path target) throws IOException {
        FhirContext context = FhirContext.forR4Cached();
        IParser parser = context.newJsonParser().setPrettyPrint(true);
        IValidationSupport definitions = MaliOnTheClassPath.definitionsWithTheirProse();
        SnapshotGeneratingValidationSupport snapshots = new SnapshotGeneratingValidationSupport(context);
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(profiles)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                String content = Files.readString(file);
                if (name.startsWith("StructureDefinition-")) {
                    StructureDefinition definition = parser.parseResource(StructureDefinition.class, content);
                    IBaseResource complete = snapshots.generateSnapshot(
                            new ValidationSupportContext(definitions),
                            definition,
                            definition.getUrl(),
                            null,
                            definition.getName());
                    withoutForeignExamples((StructureDefinition) Objects.requireNonNull(complete, name));
                    content = parser.encodeResourceToString(complete) + "\n";
                }
                Files.writeString(target.resolve(name), content);
            }
        }
        return target;
    }

    /**
     * What FHIR's own definitions give as examples would be published as ours, and one of them is not valid: the
     * identifier of a consent in R4 says that it is a URI and is "Local eCMS identifier", for which a server that
     * validates what it stores refuses our profile. What a profile of ours gives stays.
     */
    private static void withoutForeignExamples(StructureDefinition complete) {
        Set<String> ours = complete.getDifferential().getElement().stream()
                .filter(ElementDefinition::hasExample)
                .map(ElementDefinition::getId)
                .collect(Collectors.toSet());
        complete.getSnapshot().getElement().stream()
                .filter(element -> !ours.contains(element.getId()))
                .forEach(element -> element.setExample(null));
    }

    private static ResourceBundle refusals(Locale locale) {
        return ResourceBundle.getBundle(
                REFUSALS,
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A folder, or one inside of a jar when the module was packed before. */
    private static Path onClassPath(String name) throws IOException, URISyntaxException {
        URL url = Objects.requireNonNull(WritesGuide.class.getResource("/" + name + "/package/package.json"), name);
        if (url.getProtocol().equals("jar")) {
            URI jar = URI.create(url.toString().replaceAll("!.*", ""));
            return FileSystems.newFileSystem(jar, Map.of()).getPath("/" + name + "/package");
        }
        return Path.of(url.toURI()).getParent();
    }
}
