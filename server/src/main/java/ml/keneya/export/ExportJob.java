package ml.keneya.export;

import java.time.Instant;
import java.util.UUID;
import ml.keneya.store.Moment;
import org.jspecify.annotations.Nullable;

/**
 * An export that somebody asked for.
 *
 * @param address what the client called
 * @param at the moment whose records it holds
 * @param since the moment whose records the client holds already; null for none
 * @param ready whether all files are known
 * @param attempts how often its planning was begun
 */
record ExportJob(
        UUID id,
        String address,
        ExportRequest request,
        Moment at,
        @Nullable Moment since,
        Instant expires,
        boolean ready,
        int attempts) {}
