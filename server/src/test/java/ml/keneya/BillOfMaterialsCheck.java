package ml.keneya;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Only with the profile {@code sbom}, which writes the list; {@code ./keneya test} has it on. */
class BillOfMaterialsCheck {

    private static final String LIST = "META-INF/sbom/application.cdx.json";
    /** Put in by Spring Boot, to unpack the jar; nothing of it runs in the server. */
    private static final String UNPACKS = "spring-boot-jarmode-tools-";

    private static final String LIBRARIES = "BOOT-INF/lib/";

    @Test
    void everyLibraryInTheServersJarStandsInItsList() throws IOException {
        try (ZipFile jar = new ZipFile(Path.of("target/keneya-server.jar").toFile())) {
            JsonNode list = new ObjectMapper().readTree(jar.getInputStream(jar.getEntry(LIST)));
            assertThat(list.path("bomFormat").asText()).isEqualTo("CycloneDX");
            Set<String> listed = StreamSupport.stream(list.path("components").spliterator(), false)
                    .map(each -> fileOf(each.path("purl").asText()))
                    .collect(Collectors.toSet());

            Set<String> packed = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .filter(name -> !name.startsWith(UNPACKS))
                    .collect(Collectors.toSet());

            assertThat(packed).anyMatch(name -> name.startsWith("hapi-fhir-jpaserver-base-"));
            assertThat(listed).containsAll(packed);
        }
    }

    /** The name of the file that a package URL of Maven names. */
    private static String fileOf(String address) {
        String artifact = address.replaceFirst("^pkg:maven/[^/]+/", "").replaceFirst("[?].*", "");
        String classifier = address.contains("classifier=")
                ? "-" + address.replaceFirst(".*classifier=", "").replaceFirst("&.*", "")
                : "";
        return artifact.replace('@', '-') + classifier + ".jar";
    }
}
