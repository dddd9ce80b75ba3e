package ml.keneya.surveillance.alert;

import org.springframework.stereotype.Component;

/** Closes the event whose verification is done; what is found afterwards may begin another. */
@Component
class ClosesAlerts {

    private final Alerts alerts;
    private final WritesAlerts writes;

    ClosesAlerts(Alerts alerts, WritesAlerts writes) {
        this.alerts = alerts;
        this.writes = writes;
    }

    /** A Task that verifies no alert of ours, or one that is closed, changes nothing. */
    void afterVerification(String taskId) {
        alerts.lock(taskId)
                .filter(Alert::isOpen)
                .ifPresent(
                        open -> writes.outcome(open).ifPresent(outcome -> writes.closed(alerts.close(open, outcome))));
    }
}
