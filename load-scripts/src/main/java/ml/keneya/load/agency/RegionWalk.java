package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the region in which an encounter took place by climbing Location.partOf. */
final class RegionWalk {
    private final Records records;

    RegionWalk(Records records) {
        this.records = records;
    }

    /**
     * The name of the region, or nothing. A telehealth encounter counts where the patient is, which is the site that
     * asked, not the one that answered.
     */
    Optional<String> regionOf(JsonNode encounter) {
        Stream<JsonNode> asking =
                Coded.extensions(encounter, "requesting-site").map(extension -> extension.path("valueReference"));
        Stream<JsonNode> places = Coded.elements(encounter.path("location")).map(place -> place.path("location"));
        Stream<JsonNode> provider = Stream.of(encounter.path("serviceProvider"));
        return Stream.of(asking, places, provider)
                .flatMap(references -> references)
                .flatMap(reference -> regionOfSite(reference).stream())
                .findFirst();
    }

    private Optional<String> regionOfSite(JsonNode reference) {
        return records.keyOf(reference)
                .flatMap(key -> key.type().equals("Organization") ? records.siteOf(key) : records.referredTo(reference))
                .flatMap(this::climb);
    }

    private Optional<String> climb(JsonNode start) {
        Set<ResourceKey> passed = new HashSet<>();
        Optional<JsonNode> place = Optional.of(start);
        while (place.isPresent() && passed.add(ResourceKey.of(place.get()))) {
            if (isRegion(place.get())) {
                return Optional.of(place.get().path("name").asText());
            }
            place = records.referredTo(place.get().path("partOf"));
        }
        return regionOfAddress(start);
    }

    // A site that is not attached to its commune may still say in its address where it is.
    private static Optional<String> regionOfAddress(JsonNode location) {
        return Optional.of(Residence.at(location.path("address")).region()).filter(name -> !name.isBlank());
    }

    // Regions, and the district of Bamako beside them, have codes of two digits.
    private static boolean isRegion(JsonNode location) {
        return Coded.elements(location.path("identifier")).anyMatch(identifier -> {
            String value = identifier.path("value").asText();
            return switch (identifier.path("system").asText()) {
                case MaliCanonicals.DIVISIONS_OF_2023 -> value.matches("\\d{2}");
                case MaliCanonicals.DIVISIONS_OF_2015 -> value.matches("ML\\d{2}");
                default -> false;
            };
        });
    }
}
