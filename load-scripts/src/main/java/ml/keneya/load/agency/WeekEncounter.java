package ml.keneya.load.agency;

import java.util.List;

/**
 * An encounter of the week, as far as surveillance counts it.
 *
 * @param region empty when no place leads to one
 * @param reason why the person came, for an encounter without a diagnosis
 * @param mode the code of Encounter.class: AMB, VR, …
 */
public record WeekEncounter(ResourceKey key, String region, String mode, String reason, List<Diagnosis> diagnoses) {
    public WeekEncounter {
        diagnoses = List.copyOf(diagnoses);
    }
}
