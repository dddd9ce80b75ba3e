package ml.keneya.fhir.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.packages.PackageInstallOutcomeJson;
import ca.uhn.fhir.jpa.packages.PackageInstallationSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What {@code /package.tgz} gives is loaded as the tools of others load it. */
@KeneyaIntegrationTest
class PackageIT {

    private static final String PATIENT = "https://keneya.ml/fhir/StructureDefinition/ml-patient";

    @Autowired
    Exchange exchange;

    @Autowired
    FhirContext context;

    @Autowired
    IPackageInstallerSvc installer;

    @Test
    void isReadByTheLibraryOfFhirPackages() throws Exception {
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(download(exchange)));

        assertThat(content.name()).isEqualTo("ml.keneya.core");
        assertThat(content.fhirVersion()).isEqualTo("4.0.1");
        assertThat(content.dependencies()).containsExactly("hl7.fhir.r4.core#4.0.1");
        assertThat(content.listResources("StructureDefinition", "CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"))
                .hasSizeGreaterThan(60);
        StructureDefinition patient = context.newJsonParser()
                .parseResource(
                        StructureDefinition.class,
                        new String(content.loadByCanonical(PATIENT).readAllBytes(), StandardCharsets.UTF_8));
        assertThat(patient.getSnapshot().getElement()).hasSizeGreaterThan(40);
    }

    @Test
    void isReadByHapisValidator() throws Exception {
        NpmPackageValidationSupport support = new NpmPackageValidationSupport(context);
        support.loadPackageFromClasspath("classpath:ml/keneya/fhir/guide/site/package.tgz");

        assertThat(support.fetchStructureDefinition(PATIENT)).isNotNull();
        assertThat(support.fetchCodeSystem("https://keneya.ml/fhir/CodeSystem/ml-vaccine"))
                .isNotNull();
    }

    /**
     * A server that validates what it stores, as ours does, would refuse a profile with a false example in it.
     * Extensions are left out: of these HL7's validator makes the snapshot anew, and looks for a package of R4 that no
     * HAPI server has.
     */
    @Test
    void holdsNoProfileThatIsNotValidItself() throws Exception {
        assertThat(published(StructureDefinition.class, "package", "StructureDefinition-").stream()
                        .filter(profile -> !profile.getType().equals("Extension")))
                .hasSizeGreaterThan(50)
                .allSatisfy(profile -> {
                    String json = context.newJsonParser().encodeResourceToString(profile);
                    OperationOutcome verdict = exchange.post("StructureDefinition/$validate", json)
                            .hasStatus(200)
                            .as(OperationOutcome.class);
                    assertThat(errorsOf(verdict)).as(profile.getIdPart()).isEmpty();
                });
    }

    @Test
    void isInstalledByHapisPackageInstaller() throws Exception {
        PackageInstallOutcomeJson outcome = installer.install(new PackageInstallationSpec()
                .setName("ml.keneya.core")
                .setVersion("0.1.0")
                .setPackageContents(download(exchange))
                .setFetchDependencies(false)
                .setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL));

        assertThat(outcome.getMessage())
                .noneMatch(message -> message.toLowerCase().contains("error"));
        // As delivered the installer leaves out drafts, and what the exchange itself has stored at its start is not
        // counted; PackageOfOthersIT installs into an empty store.
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(download(exchange)));
        assertThat(outcome.getResourcesInstalled())
                .containsEntry(
                        "SearchParameter",
                        content.listResources("SearchParameter").size());
        assertThat(exchange.get("StructureDefinition?url=" + PATIENT).bundle().getEntry())
                .hasSize(1);
        assertThat(exchange.get("SearchParameter?url=https://keneya.ml/fhir/SearchParameter/ml-Encounter-date")
                        .bundle()
                        .getEntry())
                .hasSize(1);
    }

    @Test
    void saysWhatTheExchangeCanSearchForAndWhy() throws Exception {
        List<SearchParameter> published = published(SearchParameter.class, "package", "SearchParameter-");

        assertThat(published.stream()
                        .flatMap(parameter ->
                                parameter.getBase().stream().map(type -> type.getCode() + "." + parameter.getCode())))
                .containsExactlyInAnyOrderElementsOf(searchable());
        assertThat(published).allSatisfy(parameter -> {
            assertThat(parameter.getUrl()).endsWith("/" + parameter.getIdPart());
            assertThat(parameter.getVersion()).isEqualTo("0.1.0");
            assertThat(parameter.getDescription()).isNotBlank();
            assertThat(parameter.getDescriptionElement().getTranslation("en"))
                    .isNotBlank()
                    .isNotEqualTo(parameter.getDescription());
        });
    }

    /** Each search that the guide lists, as its page says that a value is written. */
    @Test
    void answersEverySearchThatItLists() throws Exception {
        List<String> searches = published(SearchParameter.class, "package", "SearchParameter-").stream()
                .flatMap(parameter -> parameter.getBase().stream()
                        .map(type -> type.getCode() + "?_count=1&" + parameter.getCode() + "=" + value(parameter)))
                .toList();

        assertThat(searches)
                .hasSizeGreaterThan(100)
                .allSatisfy(search -> assertThat(
                                exchange.get(search).hasStatus(200).bundle().getType())
                        .as(search)
                        .isEqualTo(BundleType.SEARCHSET));
    }

    private static String value(SearchParameter parameter) {
        // Traces are searched by the codes that there are.
        if (parameter.getIdPart().startsWith("ml-AuditEvent-")) {
            switch (parameter.getCode()) {
                case "action" -> {
                    return "R";
                }
                case "outcome" -> {
                    return "0";
                }
                default -> {}
            }
        }
        return switch (parameter.getType()) {
            case DATE -> "ge2026-01-01";
            case NUMBER, QUANTITY -> "5";
            case REFERENCE ->
                (parameter.hasTarget() ? parameter.getTarget().get(0).getCode() : "Patient") + "/nobody-has-this-id";
            case TOKEN -> "https://example.org%7Cnobody-has-this-code";
            case URI -> "https://example.org/nobody-has-this-address";
            case SPECIAL -> "12.39%7C-7.95%7C10%7Ckm";
            default -> "nobody-is-called-so";
        };
    }

    @Test
    void carriesAnExampleOfEachProfileThatIsValidAsItStandsThere() throws Exception {
        List<Resource> examples = published(Resource.class, "example", "");
        Set<String> profiles = published(StructureDefinition.class, "package", "StructureDefinition-").stream()
                .filter(profile -> !profile.getType().equals("Extension"))
                .map(StructureDefinition::getUrl)
                .collect(Collectors.toSet());

        assertThat(examples)
                .extracting(example -> example.fhirType() + "/" + example.getIdPart())
                .doesNotHaveDuplicates();
        assertThat(examples.stream()
                        .map(example -> example.getMeta().getProfile().get(0).getValue()))
                .containsAll(profiles);
        assertThat(examples).allSatisfy(example -> {
            String json = context.newJsonParser().encodeResourceToString(example);
            OperationOutcome verdict =
                    exchange.post(example.fhirType() + "/$validate", json).as(OperationOutcome.class);
            assertThat(errorsOf(verdict)).as(example.getIdPart()).isEmpty();
        });
    }

    @Test
    void listsAllThatIsInIt() throws Exception {
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(download(exchange)));
        ImplementationGuide guide = published(ImplementationGuide.class, "package", "ImplementationGuide-")
                .get(0);

        assertThat(guide.getDefinition().getResource().stream()
                        .map(each -> each.getReference().getReference().replace('/', '-') + ".json"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(content.list("package").stream(), content.list("example").stream())
                                .filter(file -> file.matches("[A-Z].*") && !file.startsWith("ImplementationGuide"))
                                .toList());
        assertThat(guide.getDefinition().getResource())
                .filteredOn(each -> each.getReference().getReference().equals("Patient/ml-patient-without-papers"))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.getExampleCanonicalType().getValue()).isEqualTo(PATIENT));
    }

    /**
     * Type and name, as the CapabilityStatement has them. What holds for every type is FHIR's own, and HAPI finds any
     * definition by its url, also of the two types that nobody here searches.
     */
    private List<String> searchable() {
        return exchange.get("metadata").as(CapabilityStatement.class).getRestFirstRep().getResource().stream()
                .flatMap(type -> type.getSearchParam().stream()
                        .filter(parameter -> !parameter.getName().startsWith("_"))
                        .map(parameter -> type.getType() + "." + parameter.getName()))
                .filter(name ->
                        !List.of("CompartmentDefinition.url", "Library.url").contains(name))
                .toList();
    }

    /** @param prefix what the file's name must begin with */
    private <T extends Resource> List<T> published(Class<T> type, String folder, String prefix) throws Exception {
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(download(exchange)));
        List<T> found = new ArrayList<>();
        for (String file : content.list(folder)) {
            if (file.matches("[A-Z].*") && file.startsWith(prefix)) {
                String json = new String(content.load(folder, file).readAllBytes(), StandardCharsets.UTF_8);
                found.add(type.cast(context.newJsonParser().parseResource(json)));
            }
        }
        assertThat(found).as(folder).isNotEmpty();
        return found;
    }

    private static List<String> errorsOf(OperationOutcome verdict) {
        return verdict.getIssue().stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR)
                .map(issue -> issue.getExpression() + " " + issue.getDiagnostics())
                .toList();
    }

    static byte[] download(Exchange exchange) throws IOException, InterruptedException {
        URI archive = URI.create(exchange.base().replaceAll("/fhir$", "/package.tgz"));
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(archive).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/gzip");
        return answer.body();
    }
}
