package ml.keneya.export;

import java.time.Instant;
import java.util.Map;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.Moment;
import ml.keneya.store.SearchesOfOneMoment;
import ml.keneya.store.SearchesOfOneMoment.Found;
import ml.keneya.store.SearchesOfOneMoment.NotSearchableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/** Settles the content of an export: its moment, and what its filters choose at this moment and no other. */
@Component
class SettlesExports {

    private static final int MOST_TRIES = 5;

    private final Moments moments;
    private final SearchesOfOneMoment searches;

    SettlesExports(Moments moments, SearchesOfOneMoment searches) {
        this.moments = moments;
        this.searches = searches;
    }

    /**
     * What is exported.
     *
     * @param since the moment whose records the client holds already; null for none
     * @param chosen keys by resource type; a type that is missing is not filtered
     */
    record Content(Moment at, @Nullable Moment since, Map<String, long[]> chosen) {}

    Content settle(ExportRequest request) {
        Instant start = request.since();
        Moment since = start == null ? null : moments.notAfter(start).orElse(null);
        if (!request.filters().isEmpty()) {
            Found found = found(request);
            return new Content(found.moment(), since, found.keys());
        }
        Instant end = request.until();
        return new Content(end == null ? moments.take() : until(end), since, Map.of());
    }

    private Found found(ExportRequest request) {
        for (int tries = 1; ; tries++) {
            try {
                return searches.find(moments::take, TypeFilters.byType(request.filters()));
            } catch (NotSearchableException refused) {
                throw refused.foundTooMany()
                        ? new RefusedException(Refusal.of(
                                RefusalCode.EXPORT_FILTER_TOO_WIDE, refused.search(), SearchesOfOneMoment.MOST))
                        : TypeFilters.refused(refused.search());
            } catch (ConcurrencyFailureException sameMillisecond) {
                if (tries == MOST_TRIES) {
                    throw sameMillisecond;
                }
            }
        }
    }

    private Moment until(Instant instant) {
        return moments.notAfter(instant)
                .orElseThrow(() ->
                        new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "_until", instant.toString())));
    }
}
