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
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
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
        NpmPackage content = NpmPackage.fromPackage(new ByteArrayInputStream(download()));

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

    @Test
    void isInstalledByHapisPackageInstaller() throws Exception {
        PackageInstallOutcomeJson outcome = installer.install(new PackageInstallationSpec()
                .setName("ml.keneya.core")
                .setVersion("0.1.0")
                .setPackageContents(download())
                .setFetchDependencies(false)
                .setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL));

        assertThat(outcome.getMessage())
                .noneMatch(message -> message.toLowerCase().contains("error"));
        assertThat(exchange.get("StructureDefinition?url=" + PATIENT).bundle().getEntry())
                .hasSize(1);
    }

    private byte[] download() throws IOException, InterruptedException {
        URI archive = URI.create(exchange.base().replaceAll("/fhir$", "/package.tgz"));
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(archive).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/gzip");
        return answer.body();
    }
}
