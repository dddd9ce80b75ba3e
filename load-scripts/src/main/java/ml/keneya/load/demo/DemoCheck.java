package ml.keneya.load.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.agency.ResourceKey;
import ml.keneya.load.agency.WeekEncounter;
import ml.keneya.load.terminal.Messages;

/** Compares what came back with what was sent. */
final class DemoCheck {
    private static final Set<String> PULLED_ONE_BY_ONE = Set.of("Patient", "Immunization", "Encounter");

    private final Pulled pulled;
    private final Messages words;
    private final List<String> faults = new ArrayList<>();

    DemoCheck(Pulled pulled, Messages words) {
        this.pulled = pulled;
        this.words = words;
    }

    /** What is not as it was sent, in words; empty when all is well. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    void check(Delivered delivery, Set<ResourceKey> keptNow) {
        List<JsonNode> resources = delivery.sample().resources();
        for (int entry = 0; entry < resources.size(); entry++) {
            checkEntry(delivery, entry, resources.get(entry));
        }
        checkCompanions(delivery, keptNow);
        checkNothingDoubled(delivery, keptNow);
    }

    /** The records that the agency's two pulls do not show one by one. */
    private void checkCompanions(Delivered delivery, Set<ResourceKey> keptNow) {
        delivery.keptAboutPeople().stream()
                .filter(key -> !PULLED_ONE_BY_ONE.contains(key.type()))
                .forEach(key -> checkCameBack(keptNow.contains(key), delivery, key));
    }

    private void checkEntry(Delivered delivery, int entry, JsonNode sent) {
        Optional<ResourceKey> key = delivery.keyOf(entry);
        if (key.isEmpty()) {
            fault("check.no-location", delivery.sample().file(), entry);
            return;
        }
        switch (key.get().type()) {
            case "Patient" -> checkCameBack(pulled.person(key.get()).isPresent(), delivery, key.get());
            case "Immunization" -> checkCameBack(pulled.hasDose(key.get()), delivery, key.get());
            case "Encounter" -> checkEncounter(delivery, key.get(), sent);
            default -> {}
        }
    }

    private void checkCameBack(boolean present, Delivered delivery, ResourceKey key) {
        if (!present) {
            fault("check.missing", key, delivery.sample().file());
        }
    }

    private void checkEncounter(Delivered delivery, ResourceKey key, JsonNode sent) {
        Optional<WeekEncounter> encounter = pulled.encounter(key);
        checkCameBack(encounter.isPresent(), delivery, key);
        if (encounter.isEmpty()) {
            return;
        }
        if (encounter.get().region().isEmpty()) {
            fault("check.no-region", key, delivery.sample().file());
        }
        int diagnoses = sent.path("diagnosis").size();
        if (encounter.get().diagnoses().size() < diagnoses) {
            fault(
                    "check.diagnoses",
                    key,
                    delivery.sample().file(),
                    encounter.get().diagnoses().size(),
                    diagnoses);
        }
    }

    /**
     * Posting a sample must leave exactly its records, and posting it again must add none. Compared for its own people
     * only, because others may be posting at the same time.
     */
    private void checkNothingDoubled(Delivered delivery, Set<ResourceKey> keptNow) {
        Set<ResourceKey> expected = delivery.wasKnown() ? delivery.keptBefore() : delivery.keptAboutPeople();
        Set<ResourceKey> added = new HashSet<>(keptNow);
        added.removeAll(expected);
        if (!added.isEmpty()) {
            fault("check.doubled", delivery.sample().file(), added.size(), List.copyOf(added));
        }
    }

    private void fault(String key, Object... values) {
        faults.add(words.text(key, values));
    }
}
