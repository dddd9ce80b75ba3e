package ml.keneya.load.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.agency.KeptRecords;
import ml.keneya.load.agency.ResourceKey;
import ml.keneya.load.bundles.Outcome;

/**
 * A sample that the exchange has taken.
 *
 * @param keptBefore what the exchange kept about its people before it was posted
 */
record Delivered(DemoSample sample, Outcome.Accepted answer, String base, Set<ResourceKey> keptBefore) {
    Delivered {
        keptBefore = Set.copyOf(keptBefore);
    }

    boolean wasKnown() {
        return !keptBefore.isEmpty();
    }

    /** Where the exchange says that it keeps an entry. */
    Optional<ResourceKey> keyOf(int entry) {
        List<String> locations = answer.locations();
        return entry < locations.size() ? ResourceKey.read(locations.get(entry), base) : Optional.empty();
    }

    /** The records about people that the answer names. */
    Set<ResourceKey> keptAboutPeople() {
        List<JsonNode> resources = sample.resources();
        Set<ResourceKey> keys = new HashSet<>();
        for (int entry = 0; entry < resources.size(); entry++) {
            if (KeptRecords.isAboutPeople(resources.get(entry))) {
                keyOf(entry).ifPresent(keys::add);
            }
        }
        return keys;
    }
}
