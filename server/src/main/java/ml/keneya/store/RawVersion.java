package ml.keneya.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one record as its bytes lie in the database, for those who hand it on without reading it.
 *
 * @param key the place of the record in the order in which records were created
 * @param source what {@code meta.source} says, kept beside the resource as {@code id}, {@code meta.versionId} and
 *     {@code meta.lastUpdated} are
 * @param json the resource in UTF-8 without those four; nobody changes the array
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copying it would double the work.
public record RawVersion(
        long key,
        String resourceType,
        String id,
        long version,
        Instant lastUpdated,
        @Nullable String source,
        byte[] json) {}
