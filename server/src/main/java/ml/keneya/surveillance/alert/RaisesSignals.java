package ml.keneya.surveillance.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.keneya.surveillance.alert.Signals.CaseOfWeek;
import org.springframework.stereotype.Component;

/** Decides what a week with too many cases means for alerts. */
@Component
class RaisesSignals {

    private static final String HEALTH = "health";

    private final Signals signals;
    private final Alerts alerts;
    private final OpensAlerts opens;
    private final WritesAlerts writes;
    private final KnownCases known;

    RaisesSignals(Signals signals, Alerts alerts, OpensAlerts opens, WritesAlerts writes, KnownCases known) {
        this.signals = signals;
        this.alerts = alerts;
        this.opens = opens;
        this.writes = writes;
        this.known = known;
    }

    void afterWeek(long signalId) {
        signals.lock(signalId).ifPresent(this::afterWeek);
    }

    private void afterWeek(KnownSignal signal) {
        Optional<Alert> raised = Optional.ofNullable(signal.alert()).flatMap(id -> alerts.lock(id.toString()));
        if (!signal.holds()) {
            // The alert stays until somebody has verified it, who is told.
            raised.filter(Alert::isOpen)
                    .ifPresent(open -> writes.joined(open, new News(List.of(), List.of(), signal.remark())));
            return;
        }
        List<CaseOfWeek> cases = signals.cases(signal);
        if (cases.isEmpty()) {
            // All of them belong to events that are over, or were taken back since the week was looked at.
            return;
        }
        List<String> ids = cases.stream().map(CaseOfWeek::id).toList();
        Reached reached = new Reached(
                signal.rule(), signal.level(), cases.get(0).day(), ids, weeks(signal, ids), signal.remark());
        if (raised.isPresent() && raised.get().isOpen()) {
            opens.add(raised.get(), reached);
        } else if (raised.isEmpty() || signal.isEpidemic() && !raised.get().isEpidemic()) {
            signals.link(signal.id(), opens.open(signal.event(), reached).id());
        }
    }

    /** The week that was counted, and those of facilities whose cases count in the district though nobody says so. */
    private List<WeekOfPlace> weeks(KnownSignal signal, List<String> cases) {
        List<WeekOfPlace> weeks = new ArrayList<>(List.of(signal.week()));
        if (!signal.division().equals(HEALTH)) {
            known.weeks(cases).stream()
                    .filter(week -> week.division().equals(HEALTH))
                    .forEach(weeks::add);
        }
        return weeks;
    }
}
