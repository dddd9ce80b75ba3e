package ml.keneya.surveillance.alert;

import java.time.OffsetDateTime;

/**
 * The level that an alert goes up to, because nobody below has acknowledged it in time.
 *
 * @param responsible {@code region} or {@code agency}
 * @param division whose code the place is
 * @param place the region, or the country
 * @param wasDueAt by when it should have been acknowledged
 */
record Escalation(String responsible, String division, String place, OffsetDateTime wasDueAt) {

    boolean isToRegion() {
        return responsible.equals("region");
    }
}
