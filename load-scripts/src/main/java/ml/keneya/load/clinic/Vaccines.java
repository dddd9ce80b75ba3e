package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.exchange.Json;

/** The national list of vaccines, from the package of terminology. */
final class Vaccines {
    private static final String LIST = "/ml.keneya.terminology/package/CodeSystem-ml-vaccine.json";

    private Vaccines() {}

    static Set<String> codes() {
        try (InputStream list = Objects.requireNonNull(Vaccines.class.getResourceAsStream(LIST), LIST)) {
            Set<String> codes = new TreeSet<>();
            for (JsonNode concept : Json.read(list).path("concept")) {
                codes.add(concept.path("code").asText());
            }
            return codes;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
