package ml.keneya.views.upkeep;

import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordSample;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many records of a view are made afresh and compared. The same seed takes the same records as long as none is
 * added or deleted.
 *
 * @param number so many; null when a share is said
 * @param share about such a share of them, up to 1
 */
public record HowMany(@Nullable Integer number, double share, long seed) {

    public static final HowMany ALL = new HowMany(null, 1, 0);

    RecordSample sample(RecordChunks records, JdbcClient on, String resourceType) {
        return number == null ? RecordSample.ofShare(seed, share) : records.sample(on, resourceType, seed, number);
    }
}
