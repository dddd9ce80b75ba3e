package ml.keneya.views.upkeep;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.RefusedException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** How many may read at once. What they read is shown where rows are asked for. */
class KeptTablesTest {

    private final CountDownLatch reading = new CountDownLatch(KeptTables.MOST_AT_ONCE);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final KeptTables tables = new KeptTables(new SlowDatabase(), null);

    @Test
    void leavesConnectionsToTheClinicsHoweverManyReadersAreSlow() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(KeptTables.MOST_AT_ONCE);
        try {
            List<Future<?>> streams = new ArrayList<>();
            for (int reader = 0; reader < KeptTables.MOST_AT_ONCE; reader++) {
                streams.add(readers.submit(this::read));
            }
            reading.await(30, TimeUnit.SECONDS);

            assertThatExceptionOfType(RefusedException.class).isThrownBy(this::read);

            ended.countDown();
            for (Future<?> stream : streams) {
                assertThatExceptionOfType(Exception.class).isThrownBy(() -> stream.get(30, TimeUnit.SECONDS));
            }
            // Who comes when they have gone gets as far as the database.
            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(this::read);
        } finally {
            ended.countDown();
            readers.shutdownNow();
        }
    }

    private void read() {
        tables.stream(null, null, null, row -> {});
    }

    /** Lets nobody have a connection before the test says so, and then none. */
    private final class SlowDatabase extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            reading.countDown();
            try {
                ended.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("There is no database here.");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
