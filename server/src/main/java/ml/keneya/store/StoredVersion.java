package ml.keneya.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one record as it lies in the database.
 *
 * @param lastUpdated when the request that stored it began, as {@code meta.lastUpdated} says
 * @param json the resource without {@code id}, {@code meta.versionId} and {@code meta.lastUpdated}, which HAPI keeps
 *     beside it; absent when this version is a deletion
 */
public record StoredVersion(
        String resourceType,
        String id,
        long version,
        Instant lastUpdated,
        @Nullable String json) {

    public boolean isDeletion() {
        return json == null;
    }
}
