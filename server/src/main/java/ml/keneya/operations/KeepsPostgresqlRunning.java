package ml.keneya.operations;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the delivered PostgreSQL again when it has ended by itself: nobody else would. One that somebody else runs has
 * a service manager for that. In a thread of its own, because a recovery may take minutes.
 */
class KeepsPostgresqlRunning implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeepsPostgresqlRunning.class);

    private static final int SECONDS_BETWEEN_LOOKS = 10;

    private final PostgresqlCluster cluster;
    private final ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "postgresql");
        thread.setDaemon(true);
        return thread;
    });

    /** What was last said; of the own thread alone. */
    private @Nullable String said;

    KeepsPostgresqlRunning(PostgresqlCluster cluster) {
        this.cluster = cluster;
    }

    void begin() {
        own.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    void look() {
        try {
            if (cluster.startAgainIfEnded()) {
                log.warn("PostgreSQL had ended by itself and was started again; its log says why it ended.");
            }
            said = null;
        } catch (RuntimeException notYet) {
            String why = String.valueOf(notYet.getMessage());
            // Each look would say the same again, for as long as a disk is full.
            if (!why.equals(said) && !own.isShutdown()) {
                log.error("PostgreSQL has ended by itself and does not start yet: {}", why);
                said = why;
            }
        }
    }

    /** Whoever stops the exchange does not wait for a start. */
    @Override
    public void close() {
        own.shutdownNow();
    }
}
