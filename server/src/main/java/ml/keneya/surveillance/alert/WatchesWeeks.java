package ml.keneya.surveillance.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import ml.keneya.fhir.FailureTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the weeks looked at when it is time, on one server at a time: the row that says when is locked meanwhile, so that
 * others pass by, and a server that dies leaves it as it was. Mali's time is UTC.
 */
class WatchesWeeks {

    private static final Logger log = LoggerFactory.getLogger(WatchesWeeks.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final LooksAtWeeks looks;
    private final Schedule schedule;

    WatchesWeeks(JdbcClient jdbc, TransactionTemplate transactions, LooksAtWeeks looks, Schedule schedule) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.looks = looks;
        this.schedule = schedule;
    }

    /**
     * When to look.
     *
     * @param name servers with the same one take turns
     * @param period from one look to the next
     */
    record Schedule(String name, Clock clock, Duration period) {}

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void watch() {
        try {
            watchIfDue();
        } catch (RuntimeException failure) {
            // Nothing is lost: it is due still, here and on every other server.
            log.warn("The weeks cannot be looked at for alerts now, and will be again: {}", FailureTrace.of(failure));
        }
    }

    /** @return whether this server has looked */
    boolean watchIfDue() {
        OffsetDateTime now = schedule.clock().instant().atOffset(ZoneOffset.UTC);
        // Only where there is none: one that another server has in hand would be waited for.
        jdbc.sql("""
                        insert into keneya.alert_watch (name, due_at)
                        select :name, :now where not exists (select from keneya.alert_watch where name = :name)
                        on conflict do nothing
                        """).param("name", schedule.name()).param("now", now).update();
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean due = jdbc.sql("""
                            select true from keneya.alert_watch where name = :name and due_at <= :now
                            for update skip locked
                            """)
                    .param("name", schedule.name())
                    .param("now", now)
                    .query(Boolean.class)
                    .optional()
                    .isPresent();
            if (!due) {
                return false;
            }
            int changed = looks.look(now);
            jdbc.sql("update keneya.alert_watch set due_at = :due, watched_at = :now where name = :name")
                    .param("due", now.plus(schedule.period()))
                    .param("now", now)
                    .param("name", schedule.name())
                    .update();
            if (changed > 0) {
                log.info("Alerts: {} weeks with too many cases are new or have changed.", changed);
            }
            return true;
        }));
    }
}
