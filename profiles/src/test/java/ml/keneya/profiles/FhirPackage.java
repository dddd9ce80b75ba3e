package ml.keneya.profiles;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** A FHIR package unpacked on the class path, read the way the server reads it: through its index. */
record FhirPackage(String id, List<IBaseResource> resources) {

    FhirPackage {
        resources = List.copyOf(resources);
    }

    static FhirPackage onClassPath(String id, FhirContext context) {
        try {
            var index = new ObjectMapper().readTree(file(id, ".index.json"));
            var resources = new ArrayList<IBaseResource>();
            for (var entry : index.path("files")) {
                var text = read(file(id, entry.path("filename").asText()));
                resources.add(context.newJsonParser().parseResource(text));
            }
            return new FhirPackage(id, resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends IBaseResource> List<T> resourcesOf(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static URL file(String id, String name) {
        var path = "/" + id + "/package/" + name;
        return Objects.requireNonNull(FhirPackage.class.getResource(path), () -> path + " is not on the class path");
    }

    private static String read(URL url) throws IOException {
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
