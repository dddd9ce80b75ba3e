package ml.keneya.surveillance.alert;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.FailureTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one noted record at a time and deals with it in the transaction that removes the note: a crash leaves the note
 * to whoever looks next. Several servers never take the same one.
 */
@Component
class NotedWork {

    private static final Logger log = LoggerFactory.getLogger(NotedWork.class);

    /**
     * {@code undefined_table} and {@code undefined_column} (PostgreSQL's manual, appendix A): a view is not built yet.
     */
    private static final Set<String> VIEW_IS_MISSING = Set.of("42P01", "42703");

    /** Short beside what building takes, and long enough not to be in its way. */
    private static final Duration UNTIL_A_VIEW_MAY_BE_THERE = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final RaisesAlerts raises;
    private final ClosesAlerts closes;
    private final RaisesSignals signals;
    private volatile boolean waitsForViews;

    NotedWork(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RaisesAlerts raises,
            ClosesAlerts closes,
            RaisesSignals signals) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.raises = raises;
        this.closes = closes;
        this.signals = signals;
    }

    private record Note(long id, String recordType, String recordId, int attempts) {}

    /** Remembers, across the roll-back, which note could not be dealt with. */
    private static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Note note;

        FailedException(Note note, RuntimeException cause) {
            super(cause);
            this.note = note;
        }
    }

    /** @return whether there was one, and there may be another that can be dealt with */
    boolean dealWithOne() {
        try {
            boolean found = Boolean.TRUE.equals(transactions.execute(status -> {
                Optional<Note> next = take();
                next.ifPresent(this::dealWith);
                return next.isPresent();
            }));
            if (found) {
                waitsForViews = false;
            }
            return found;
        } catch (FailedException failed) {
            if (isForLackOfAView(failed)) {
                waitForViews(failed.note);
                return false;
            }
            log.warn(
                    "{} {} cannot be looked at for alerts now, and will be again: {}",
                    failed.note.recordType(),
                    failed.note.recordId(),
                    FailureTrace.of(failed));
            putOff(failed.note);
            return true;
        }
    }

    private Optional<Note> take() {
        return jdbc.sql("""
                        select id, record_type, record_id, attempts from keneya.alert_work
                        where not_before <= now() order by not_before, id limit 1 for update skip locked
                        """).query(Note.class).optional();
    }

    private void dealWith(Note note) {
        try {
            switch (note.recordType()) {
                case "Task" -> closes.afterVerification(note.recordId());
                case "Signal" -> signals.afterWeek(Long.parseLong(note.recordId()));
                default -> raises.afterCase(note.recordId());
            }
        } catch (RuntimeException failure) {
            throw new FailedException(note, failure);
        }
        jdbc.sql("delete from keneya.alert_work where id = ?").param(note.id()).update();
    }

    private static boolean isForLackOfAView(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException database
                        && VIEW_IS_MISSING.contains(String.valueOf(database.getSQLState())));
    }

    /** Nothing is wrong with the note: after an upgrade, what it is looked up in is still being built. */
    private void waitForViews(Note note) {
        if (!waitsForViews) {
            log.warn("Alerts wait until the views are built in which cases are looked up: ViewDefinition/$status");
            waitsForViews = true;
        }
        jdbc.sql("update keneya.alert_work set not_before = now() + :seconds * interval '1 second' where id = :id")
                .param("seconds", UNTIL_A_VIEW_MAY_BE_THERE.toSeconds())
                .param("id", note.id())
                .update();
    }

    /** One that fails must not hold up the others, and is never given up: at last it is tried every hour. */
    private void putOff(Note note) {
        jdbc.sql("""
                        update keneya.alert_work set attempts = attempts + 1,
                            not_before = now() + least(3600, power(2, least(attempts, 11))) * interval '1 second'
                        where id = ?
                        """).param(note.id()).update();
    }
}
