package ml.keneya.surveillance.alert;

import java.time.OffsetDateTime;
import java.util.UUID;
import ml.keneya.surveillance.mail.NotesMails;
import org.springframework.stereotype.Component;

/** Gives an alert that nobody has acknowledged in time to the next level: region, then agency. */
@Component
class EscalatesAlerts {

    private final OverdueAlerts overdue;
    private final Alerts alerts;
    private final WritesAlerts writes;
    private final NotesMails mails;

    EscalatesAlerts(OverdueAlerts overdue, Alerts alerts, WritesAlerts writes, NotesMails mails) {
        this.overdue = overdue;
        this.alerts = alerts;
        this.writes = writes;
        this.mails = mails;
    }

    /**
     * In the transaction of the caller: once for each level, because the row says whose the alert is.
     *
     * @return whether it went up
     */
    boolean escalate(UUID id, OffsetDateTime now) {
        return overdue.lock(id, now).filter(alert -> goesUp(alert, now)).isPresent();
    }

    private boolean goesUp(Alert alert, OffsetDateTime now) {
        if (writes.isAcknowledged(alert)) {
            // It was a moment ago, and is noted to be dealt with.
            alerts.acknowledge(alert);
            return false;
        }
        Escalation next = overdue.next(alert);
        writes.wentUp(overdue.escalate(alert, next, now), next);
        mails.noteEscalation(alert.id(), next.responsible(), next.place());
        return true;
    }
}
