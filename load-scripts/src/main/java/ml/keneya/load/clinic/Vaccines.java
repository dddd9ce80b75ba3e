package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.exchange.Json;

/** The national list of vaccines, from the package of terminology. */
final class Vaccines {
    private static final String LIST = "/ml.keneya.terminology/package/CodeSystem-ml-vaccine.json";

    private static final Set<String> CODES = read();

    private Vaccines() {}

    /** In the order of the alphabet. */
    static Set<String> codes() {
        return CODES;
    }

    /** A code as the list writes it. */
    static String code(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Set<String> read() {
        try (InputStream list = Objects.requireNonNull(Vaccines.class.getResourceAsStream(LIST), LIST)) {
            Set<String> codes = new TreeSet<>();
            for (JsonNode concept : Json.read(list).path("concept")) {
                codes.add(concept.path("code").asText());
            }
            return Collections.unmodifiableSet(codes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
