package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import ml.keneya.fhir.RefusedException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchesTraceTest {

    private static final TraceQuery EVERYTHING =
            new TraceQuery(null, null, null, null, null, null, null, null, null, 10, null);

    private final TraceDatabase database = TraceDatabase.fresh();

    @Test
    @DisplayName("S3: a search of the trace ends after its time too")
    void s3_endsAfterItsTime() throws Exception {
        database.keeps(3);
        SearchesTrace trace = new SearchesTrace(database.source(), 1);
        assertThat(trace.search(EVERYTHING)).hasSize(3);

        try (Connection other = database.source().getConnection();
                Statement locks = other.createStatement()) {
            other.setAutoCommit(false);
            locks.execute("lock table keneya.trace in access exclusive mode");

            assertThatThrownBy(() -> trace.search(EVERYTHING)).isInstanceOf(RefusedException.class);
            other.rollback();
        }
    }
}
