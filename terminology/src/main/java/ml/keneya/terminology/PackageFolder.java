package ml.keneya.terminology;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The FHIR package on disk: sorted, without timestamps, the same bytes from the same lists. */
record PackageFolder(Path folder, String version) {

    private static final String NAME = "ml.keneya.terminology";

    /** What the index of a FHIR package (version 2) repeats of a resource that says it. */
    private static final List<String> INDEXED =
            List.of("resourceType", "id", "url", "version", "kind", "type", "content", "valueSet");

    private static final ObjectWriter JSON = new ObjectMapper().writer(unixLines());

    void write(List<ObjectNode> resources) {
        var files = new TreeMap<String, ObjectNode>();
        for (var resource : resources) {
            var file = "%s-%s.json"
                    .formatted(
                            resource.path("resourceType").textValue(),
                            resource.path("id").textValue());
            if (files.put(file, resource) != null) {
                throw new IllegalArgumentException(file + " is described twice");
            }
        }
        try {
            empty();
            for (var file : files.entrySet()) {
                write(file.getKey(), file.getValue());
            }
            write(".index.json", index(files));
            write("package.json", manifest());
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Cannot write " + folder, unwritable);
        }
    }

    /** A list that was deleted must not live on in the package. */
    private void empty() throws IOException {
        Files.createDirectories(folder);
        try (var old = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : old) {
                Files.delete(file);
            }
        }
    }

    private void write(String file, ObjectNode content) throws IOException {
        Files.writeString(folder.resolve(file), JSON.writeValueAsString(content) + "\n");
    }

    private static ObjectNode index(SortedMap<String, ObjectNode> files) {
        var index = JsonNodeFactory.instance.objectNode().put("index-version", 2);
        var entries = index.putArray("files");
        files.forEach((file, resource) -> {
            var entry = entries.addObject().put("filename", file);
            for (var element : INDEXED) {
                // NamingSystem.type is a concept, and an index holds plain values only.
                if (resource.path(element).isTextual()) {
                    entry.set(element, resource.get(element));
                }
            }
        });
        return index;
    }

    private ObjectNode manifest() {
        var manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("name", NAME).put("version", version).put("type", "Conformance");
        manifest.put("title", "Kènèya : terminologie du Mali").put("description", "Terminology of Mali for Kènèya");
        manifest.put("canonical", Heading.CANONICAL_BASE).put("author", Heading.PUBLISHER);
        // The strictest terms of any list in it; each resource states its own.
        manifest.put("license", "CC-BY-SA-4.0");
        manifest.putArray("fhirVersions").add("4.0.1");
        manifest.putObject("dependencies").put("hl7.fhir.r4.core", "4.0.1");
        return manifest;
    }

    private static DefaultPrettyPrinter unixLines() {
        var lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
