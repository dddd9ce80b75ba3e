package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * The FHIR NPM package {@code ml.keneya.core} as one archive: profiles, with the snapshots that SUSHI and the publisher
 * need of a dependency, the terminology they bind, what is made while the guide is written (search parameters), and the
 * examples in a folder of their own. One package and not two, because no registry offers ours and a tool would stop at
 * a dependency that it cannot fetch.
 */
final class Published {

    /** What the index of a FHIR package (version 2) repeats of a resource that says it. */
    private static final List<String> INDEXED =
            List.of("id", "url", "version", "kind", "type", "derivation", "content", "valueSet", "supplements");

    /** The folder of examples, which tools read but do not install. */
    static final String EXAMPLES = "example/";

    /** The strictest terms of any list in it; each resource states its own. */
    static final String LICENCE = "CC-BY-SA-4.0";

    private static final String MANIFEST = "package.json";
    private static final String INDEX = ".index.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writer(unixLines());

    private final String name;
    private final String version;
    private final SortedMap<String, byte[]> files;

    private Published(String name, String version, SortedMap<String, byte[]> files) {
        this.name = name;
        this.version = version;
        this.files = files;
    }

    String name() {
        return name;
    }

    String version() {
        return version;
    }

    /** @param folders the packages that become one; a later one's manifest and files replace those of an earlier one */
    static Published of(List<Path> folders) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            for (Path folder : folders) {
                try (Stream<Path> found = Files.list(folder)) {
                    for (Path file : found.filter(each -> each.toString().endsWith(".json"))
                            .toList()) {
                        files.put(file.getFileName().toString(), Files.readAllBytes(file));
                    }
                }
            }
            ObjectNode manifest = (ObjectNode) JSON.readTree(files.get(MANIFEST));
            files.put(MANIFEST, pretty(selfContained(manifest)));
            return new Published(
                    manifest.path("name").asText(), manifest.path("version").asText(), files);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean isResource(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.equals(MANIFEST) && !name.equals(INDEX);
    }

    void add(Resource resource, FhirContext context) {
        String file = resource.fhirType() + "-" + resource.getIdPart() + ".json";
        String json = context.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource) + "\n";
        addOnce(file, json.getBytes(StandardCharsets.UTF_8));
    }

    void add(PackagedExample example) {
        addOnce(example.file(), pretty(example.resource()));
    }

    private void addOnce(String file, byte[] content) {
        if (files.put(file, content) != null) {
            throw new IllegalStateException("Two resources of the package would be in one file: " + file);
        }
    }

    /** Writes the same bytes from the same files: sorted, owned by nobody, dated to the beginning of time. */
    void writeTo(Path archive) {
        files.put(INDEX, pretty(index("")));
        files.put(EXAMPLES + INDEX, pretty(index(EXAMPLES)));
        GzipParameters undated = new GzipParameters();
        undated.setOperatingSystem(255);
        try {
            Files.createDirectories(archive.getParent());
            try (OutputStream file = Files.newOutputStream(archive);
                    GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(file, undated);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (var each : files.entrySet()) {
                    TarArchiveEntry entry = new TarArchiveEntry("package/" + each.getKey());
                    entry.setSize(each.getValue().length);
                    entry.setModTime(0L);
                    entry.setIds(0, 0);
                    entry.setNames("", "");
                    tar.putArchiveEntry(entry);
                    tar.write(each.getValue());
                    tar.closeArchiveEntry();
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Only what no tool is without: the terminology is inside. */
    private static ObjectNode selfContained(ObjectNode manifest) {
        ObjectNode only = JSON.createObjectNode().put("hl7.fhir.r4.core", "4.0.1");
        manifest.set("dependencies", only);
        manifest.set("fhir-version-list", manifest.path("fhirVersions"));
        manifest.put("license", LICENCE);
        return manifest;
    }

    /** @param folder whose files are listed, without those of the folders in it */
    private ObjectNode index(String folder) {
        ObjectNode index = JSON.createObjectNode().put("index-version", 2);
        ArrayNode entries = index.putArray("files");
        for (var file : files.entrySet()) {
            Path name = Path.of(file.getKey());
            if (isResource(name) && file.getKey().equals(folder + name.getFileName())) {
                describe(
                        file.getValue(),
                        entries.addObject().put("filename", name.getFileName().toString()));
            }
        }
        return index;
    }

    private static void describe(byte[] content, ObjectNode entry) {
        try {
            JsonNode resource = JSON.readTree(content);
            entry.set("resourceType", resource.path("resourceType"));
            for (String element : INDEXED) {
                if (resource.path(element).isTextual()) {
                    entry.set(element, resource.get(element));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] pretty(JsonNode content) {
        try {
            return (PRETTY.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static DefaultPrettyPrinter unixLines() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
