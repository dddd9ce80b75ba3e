package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.load.exchange.Exchange;

/** Lists what the exchange keeps about people known by an identifier. */
public final class KeptRecords {
    private static final List<String> ABOUT_PEOPLE = List.of("Immunization", "Encounter", "Condition", "Observation");

    private final Exchange exchange;

    public KeptRecords(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The people with this identifier and the records about them.
     *
     * @param identifier system and value, joined by a bar
     */
    public Set<ResourceKey> about(String identifier) {
        Set<ResourceKey> kept = new TreeSet<>();
        new Pages(exchange).follow(search(identifier), page -> {
            Stream.concat(page.matches().stream(), page.included().stream())
                    .filter(KeptRecords::isAboutPeople)
                    .map(ResourceKey::of)
                    .forEach(kept::add);
            return true;
        });
        return kept;
    }

    public static boolean isAboutPeople(JsonNode resource) {
        String type = resource.path("resourceType").asText();
        return type.equals("Patient") || ABOUT_PEOPLE.contains(type);
    }

    private URI search(String identifier) {
        String companions = ABOUT_PEOPLE.stream()
                .map(type -> "&_revinclude=" + type + ":patient")
                .collect(Collectors.joining());
        return exchange.base()
                .under("Patient?identifier=" + URLEncoder.encode(identifier, StandardCharsets.UTF_8) + companions
                        + "&_count=10");
    }
}
