package ml.keneya.test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.test.Watch.Request;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for the rows of the trace that tell of requests. An answer leaves when its row is written, so none comes later.
 */
final class RowsOfTrace {

    /** The clock of a request may stand a moment before the one of who sent it. */
    private static final int SECONDS_APART = 5;

    private final JdbcClient jdbc;

    RowsOfTrace(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is missing, or stands there twice. */
    List<String> faults(List<Request> requests, Instant since) {
        if (requests.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> rows = new HashMap<>();
        jdbc.sql("""
                        select request, count(*) from keneya.trace
                        where recorded_at >= :since and request in (:requests) group by request
                        """)
                .param("since", since.minusSeconds(SECONDS_APART).atOffset(ZoneOffset.UTC))
                .param("requests", requests.stream().map(Request::id).toList())
                .query((row, number) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .forEach(row -> rows.put(row.getKey(), row.getValue()));
        List<String> faults = new ArrayList<>();
        for (Request request : requests) {
            int found = rows.getOrDefault(request.id(), 0);
            if (found > 1 || found == 0 && request.mustLeaveARow()) {
                faults.add(found + " rows of the trace: " + request.described());
            }
        }
        return faults;
    }
}
