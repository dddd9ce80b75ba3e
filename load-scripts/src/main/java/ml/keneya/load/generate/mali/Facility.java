package ml.keneya.load.generate.mali;

import org.jspecify.annotations.Nullable;

/**
 * An organisation of the health pyramid, and the place where it works when it is a place of care.
 *
 * @param code its code in the registry of the exchange, and the id of its Organization and Location
 * @param type code of {@code ml-facility-type}
 * @param parent the code of the organisation above it, or nothing for the ministry
 * @param commune where it stands; nothing for an administration, which has no Location here
 */
public record Facility(
        String code,
        String type,
        String name,
        @Nullable String parent,
        @Nullable Commune commune,
        @Nullable Locality locality) {
    public boolean isPlaceOfCare() {
        return commune != null;
    }
}
