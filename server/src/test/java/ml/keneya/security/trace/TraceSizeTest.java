package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceSizeTest {

    private static final int ACCESSES = 10_000;
    private static final int BATCH = 100;

    private final TraceDatabase database = TraceDatabase.fresh();

    @Test
    void anAccessTakesAFewHundredBytesWithItsIndexes() {
        TraceChain chain = database.chain();
        IntStream.range(0, ACCESSES / BATCH).forEach(batch -> chain.append(accesses()));

        long bytes = database.jdbc()
                .sql("select pg_total_relation_size('keneya.trace')")
                .query(Long.class)
                .single();
        assertThat(bytes / ACCESSES).as("bytes an access").isBetween(200L, 800L);
    }

    /** Half of them readings, half of them searches of one person. */
    private static List<TraceEvent> accesses() {
        return IntStream.range(0, BATCH)
                .mapToObj(number -> {
                    String patient = UUID.randomUUID().toString();
                    boolean search = number % 2 == 0;
                    return new TraceEvent(
                            Instant.parse("2026-11-28T10:00:00Z").plusMillis(number),
                            "Xq3vT7bNw2LrK9Pz",
                            new TraceEvent.Who("emr-kati", "cscom-0042", "SITE", "TREAT", "10.12.33.7"),
                            new TraceEvent.What(
                                    search ? "search-type" : "read",
                                    "Patient",
                                    search ? null : patient,
                                    List.of(patient),
                                    search ? "identifier=https%3A%2F%2Fkeneya.ml%2Fid%2Fnina%7C" + number : null),
                            new TraceEvent.Result(200, null, 1));
                })
                .toList();
    }
}
