package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.core.io.ClassPathResource;

/**
 * A FHIR package that lies unpacked on the class path, read by its {@code .index.json} (FHIR NPM package
 * specification).
 *
 * @param name the package id, also its folder
 * @param digest SHA-256 over all its files, in index order
 * @param definitions what it defines, in index order
 */
public record ConformancePackage(String name, String digest, List<Definition> definitions) {

    /**
     * One definition of a package.
     *
     * @param digest SHA-256 of the file
     * @param resource what the server works with; it may have added to it since
     */
    public record Definition(String file, String digest, MetadataResource resource) {}

    public ConformancePackage {
        definitions = List.copyOf(definitions);
    }

    static ConformancePackage load(String name, FhirContext context) {
        IParser parser = context.newJsonParser();
        MessageDigest digest = sha256();
        List<Definition> definitions = new ArrayList<>();
        try {
            JsonNode index = new ObjectMapper().readTree(bytesOf(name, ".index.json"));
            for (JsonNode file : index.path("files")) {
                String filename = file.path("filename").asText();
                byte[] content = bytesOf(name, filename);
                digest.update(content);
                Resource resource = (Resource) parser.parseResource(new String(content, StandardCharsets.UTF_8));
                if (resource instanceof MetadataResource canonical) {
                    definitions.add(new Definition(filename, hexadecimal(sha256().digest(content)), canonical));
                }
            }
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
        return new ConformancePackage(name, hexadecimal(digest.digest()), definitions);
    }

    /** What the package defines, in index order. */
    public List<MetadataResource> resources() {
        return definitions.stream().map(Definition::resource).toList();
    }

    /** The definition as the package has it, read anew: nothing that the server works with. */
    public MetadataResource asPackaged(Definition definition, FhirContext context) {
        try {
            return (MetadataResource) context.newJsonParser()
                    .parseResource(new String(bytesOf(name, definition.file()), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    private static UncheckedIOException unreadable(String name, IOException cause) {
        return new UncheckedIOException("The package " + name + " is not readable on the class path.", cause);
    }

    private static String hexadecimal(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static byte[] bytesOf(String name, String file) throws IOException {
        ClassPathResource resource = new ClassPathResource(name + "/package/" + file);
        if (!resource.exists()) {
            throw new FileNotFoundException(resource.getPath());
        }
        try (InputStream stream = resource.getInputStream()) {
            return stream.readAllBytes();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
