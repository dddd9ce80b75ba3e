package ml.keneya.surveillance.alert;

import java.util.List;
import java.util.Optional;
import ml.keneya.surveillance.mail.NotesMails;
import org.springframework.stereotype.Component;

/** Makes one alert of an event: the first threshold that is reached opens it, what follows joins or escalates it. */
@Component
class OpensAlerts {

    private final Alerts alerts;
    private final WritesAlerts writes;
    private final NotesMails mails;

    OpensAlerts(Alerts alerts, WritesAlerts writes, NotesMails mails) {
        this.alerts = alerts;
        this.writes = writes;
        this.mails = mails;
    }

    Alert open(Event event, Reached reached) {
        Optional<Alert> opened = alerts.open(event, reached);
        if (opened.isPresent()) {
            Alert alert = opened.get();
            writes.raised(alert, news(alert, reached));
            mails.note(alert.id());
            return alert;
        }
        Alert open = alerts.lockOpen(event)
                .orElseThrow(() ->
                        new IllegalStateException("The alert was closed meanwhile; the case is looked at again."));
        add(open, reached);
        return open;
    }

    /** @param open the alert, locked */
    void add(Alert open, Reached reached) {
        if (reached.isEpidemic() && !open.isEpidemic()) {
            Alert graver = alerts.escalate(open, reached);
            writes.escalated(graver, news(graver, reached));
            mails.note(graver.id());
            return;
        }
        News news = news(open, reached);
        if (!news.cases().isEmpty() || news.remark() != null) {
            writes.joined(open, news);
        }
    }

    private News news(Alert alert, Reached reached) {
        return new News(alerts.addEvidence(alert.id(), reached.cases()), reached.weeks(), reached.remark());
    }

    /** A case of the event that reaches no threshold of its own. */
    void join(Event event, String conditionId, List<WeekOfPlace> weeks) {
        alerts.lockOpen(event).ifPresent(open -> {
            List<String> added = alerts.addEvidence(open.id(), List.of(conditionId));
            if (!added.isEmpty()) {
                writes.joined(open, new News(added, weeks, null));
            }
        });
    }
}
