package ml.keneya.surveillance.alert;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import ml.keneya.fhir.FailureTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has alerts escalated whose time is over, each in a transaction of its own. Every server looks; the row of the alert
 * is locked meanwhile, so that others pass by, and a server that dies leaves it overdue.
 */
class WatchesDeadlines {

    private static final Logger log = LoggerFactory.getLogger(WatchesDeadlines.class);

    private final OverdueAlerts overdue;
    private final EscalatesAlerts escalates;
    private final TransactionTemplate transactions;
    private final Clock clock;

    WatchesDeadlines(OverdueAlerts overdue, EscalatesAlerts escalates, TransactionTemplate transactions, Clock clock) {
        this.overdue = overdue;
        this.escalates = escalates;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void watch() {
        try {
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            overdue.ids(now).forEach(id -> escalate(id, now));
        } catch (RuntimeException failure) {
            log.warn("Overdue alerts cannot be looked for now, and will be again: {}", FailureTrace.of(failure));
        }
    }

    /** One that fails holds up no other, and is overdue still when it is looked at next. */
    private void escalate(UUID id, OffsetDateTime now) {
        try {
            if (Boolean.TRUE.equals(transactions.execute(status -> escalates.escalate(id, now)))) {
                log.info("Alert {} went to the next level: nobody has acknowledged it in time.", id);
            }
        } catch (RuntimeException failure) {
            log.warn("Alert {} is overdue and cannot go up now: {}", id, FailureTrace.of(failure));
        }
    }
}
