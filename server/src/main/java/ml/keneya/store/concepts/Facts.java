package ml.keneya.store.concepts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import ml.keneya.conformance.PlainText;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of an upload says of a code system: a fact a line, of which the member that comes first tells the
 * kind. Publishers spread what they know of a code over several files, so a fact stands for itself: the name may come
 * before the code that it names.
 */
final class Facts {

    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int LONGEST_VALUE = 500;

    final Map<String, Concept> concepts = new LinkedHashMap<>();
    final Map<String, Name> names = new LinkedHashMap<>();
    final Map<String, Integer> preferred = new LinkedHashMap<>();
    final Set<Parent> parents = new LinkedHashSet<>();
    final Set<Property> properties = new LinkedHashSet<>();
    final Set<Target> targets = new LinkedHashSet<>();

    private Facts() {}

    record Concept(String code, boolean inactive, @Nullable String definition) {}

    record Name(String key, String code, String language, String name, String plain, int rank) {}

    record Parent(String code, String parent) {}

    record Property(String code, String property, String value) {}

    record Target(String code, String map, String system, String target, int position) {}

    static Facts read(InputStream piece) throws IOException {
        Facts facts = new Facts();
        BufferedReader lines = new BufferedReader(new InputStreamReader(piece, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                facts.add(line, number);
            }
        }
        return facts;
    }

    private void add(String line, int number) {
        JsonNode fact;
        try {
            fact = JSON.readTree(line);
        } catch (JsonProcessingException noJson) {
            throw unreadable(number);
        }
        if (fact.has("concept")) {
            String code = text(fact, "concept", number);
            String definition =
                    fact.path("definition").isTextual() ? fact.get("definition").asText() : null;
            concepts.put(code, new Concept(code, fact.path("inactive").asBoolean(), definition));
        } else if (fact.has("name")) {
            String key = text(fact, "key", number);
            String name = text(fact, "name", number);
            names.put(
                    key,
                    new Name(
                            key,
                            text(fact, "of", number),
                            text(fact, "language", number),
                            name,
                            PlainText.of(name),
                            fact.path("rank").asInt()));
        } else if (fact.has("prefer")) {
            preferred.merge(text(fact, "prefer", number), fact.path("rank").asInt(), Math::min);
        } else if (fact.has("parent")) {
            parents.add(new Parent(text(fact, "of", number), text(fact, "parent", number)));
        } else if (fact.has("property")) {
            String value = text(fact, "value", number);
            if (value.length() > LONGEST_VALUE) {
                throw unreadable(number);
            }
            properties.add(new Property(text(fact, "of", number), text(fact, "property", number), value));
        } else if (fact.has("target")) {
            targets.add(new Target(
                    text(fact, "of", number),
                    text(fact, "map", number),
                    text(fact, "system", number),
                    text(fact, "target", number),
                    fact.path("position").asInt()));
        } else {
            throw unreadable(number);
        }
    }

    private static String text(JsonNode fact, String member, int number) {
        String text = fact.path(member).asText().strip();
        // PostgreSQL keeps no such character, and no publisher means it.
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw unreadable(number);
        }
        return text;
    }

    private static RefusedException unreadable(int number) {
        return new RefusedException(Refusal.of(RefusalCode.UNREADABLE_FACT, number));
    }
}
