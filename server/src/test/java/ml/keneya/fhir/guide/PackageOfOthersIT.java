package ml.keneya.fhir.guide;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.packages.PackageInstallOutcomeJson;
import ca.uhn.fhir.jpa.packages.PackageInstallationSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Postgres;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The operator of somebody else's HAPI server installs what {@code /package.tgz} gives, and gets all of it. The store
 * is another one, empty, with HAPI as its makers deliver it: in ours every definition is there before anybody installs
 * a package.
 */
@KeneyaIntegrationTest
class PackageOfOthersIT {

    /** What HAPI's installer takes of a package when nobody asks for anything else. */
    private static final List<String> INSTALLED =
            List.of("NamingSystem", "CodeSystem", "ValueSet", "StructureDefinition", "ConceptMap", "SearchParameter");

    @Autowired
    Exchange exchange;

    @Autowired
    FhirContext context;

    @Test
    void givesAnEmptyHapiServerEveryDefinitionOnce() throws Exception {
        byte[] archive = PackageIT.download(exchange);
        List<MetadataResource> published = definitionsIn(archive);
        try (HapiOfOthers other = HapiOfOthers.on(Postgres.fresh(), false)) {
            // As HAPI is delivered its installer passes over drafts, silently: the guide says so.
            install(archive, other);
            assertThat(namesOf(storedIn(other)))
                    .isEqualTo(namesOf(published.stream()
                            .filter(each -> each.getStatus() == PublicationStatus.ACTIVE)
                            .toList()));

            // As the guide says to set it.
            other.takeDrafts(true);
            install(archive, other);
            assertThat(namesOf(storedIn(other))).isEqualTo(namesOf(published));
            assertThat(storedIn(other)).hasSameSizeAs(published);

            PackageInstallOutcomeJson again = install(archive, other);
            assertThat(again.getResourcesInstalled()).isEmpty();
            assertThat(storedIn(other))
                    .hasSameSizeAs(published)
                    .allSatisfy(each ->
                            assertThat(each.getIdElement().getVersionIdPart()).isEqualTo("1"));
        }
    }

    private static PackageInstallOutcomeJson install(byte[] archive, HapiOfOthers other) {
        return other.installer()
                .install(new PackageInstallationSpec()
                        .setName("ml.keneya.core")
                        .setVersion("0.1.0")
                        .setPackageContents(archive)
                        .setFetchDependencies(false)
                        .setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL));
    }

    private List<MetadataResource> definitionsIn(byte[] archive) throws IOException {
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(archive));
        List<MetadataResource> definitions = new ArrayList<>();
        for (String file : content.listResources(INSTALLED.toArray(String[]::new))) {
            String json = new String(content.load("package", file).readAllBytes(), StandardCharsets.UTF_8);
            definitions.add((MetadataResource) context.newJsonParser().parseResource(json));
        }
        return definitions;
    }

    private static List<IBaseResource> storedIn(HapiOfOthers other) {
        return INSTALLED.stream().flatMap(type -> other.stored(type).stream()).toList();
    }

    /** By type: a naming system has no url. */
    private static Map<String, Set<String>> namesOf(List<? extends IBaseResource> definitions) {
        return definitions.stream()
                .map(MetadataResource.class::cast)
                .collect(groupingBy(
                        MetadataResource::fhirType,
                        TreeMap::new,
                        mapping(
                                each -> each.getUrl() == null ? each.getName() : each.getUrl(),
                                toCollection(TreeSet::new))));
    }
}
