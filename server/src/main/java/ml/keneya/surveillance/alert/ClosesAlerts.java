package ml.keneya.surveillance.alert;

import ml.keneya.surveillance.mail.NotesMails;
import org.springframework.stereotype.Component;

/**
 * Notes that a verification was acknowledged, and closes the event when it is done; what is found afterwards may begin
 * another.
 */
@Component
class ClosesAlerts {

    private final Alerts alerts;
    private final WritesAlerts writes;
    private final NotesMails mails;

    ClosesAlerts(Alerts alerts, WritesAlerts writes, NotesMails mails) {
        this.alerts = alerts;
        this.writes = writes;
        this.mails = mails;
    }

    /** A Task that verifies no alert of ours, or one that is closed, changes nothing. */
    void afterVerification(String taskId) {
        alerts.lock(taskId).filter(Alert::isOpen).ifPresent(this::follow);
    }

    private void follow(Alert open) {
        if (writes.isAcknowledged(open)) {
            alerts.acknowledge(open);
        }
        writes.outcome(open).ifPresent(outcome -> {
            writes.closed(alerts.close(open, outcome));
            mails.noteClosing(open.id());
        });
    }
}
