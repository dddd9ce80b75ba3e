package ml.keneya.operations;

import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.start.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Starts the delivered PostgreSQL again when it has ended by itself: nobody else would. One that somebody else runs has
 * a service manager for that.
 */
class KeepsPostgresqlRunning {

    private static final Logger log = LoggerFactory.getLogger(KeepsPostgresqlRunning.class);

    private final PostgresqlCluster cluster;

    KeepsPostgresqlRunning(PostgresqlCluster cluster) {
        this.cluster = cluster;
    }

    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    void look() {
        try {
            if (cluster.startAgainIfEnded()) {
                log.warn("PostgreSQL had ended by itself and was started again; its log says why it ended.");
            }
        } catch (StartRefused notYet) {
            log.error("PostgreSQL has ended by itself and does not start yet: {}", notYet.getMessage());
        }
    }
}
