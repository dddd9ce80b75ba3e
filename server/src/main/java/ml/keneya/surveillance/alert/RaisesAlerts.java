package ml.keneya.surveillance.alert;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides what a case that was written, corrected or withdrawn means for alerts. */
@Component
class RaisesAlerts {

    private static final String WITHDRAWN = "withdrawn";

    private final KnownCases cases;
    private final AlertRules rules;
    private final Alerts alerts;
    private final WritesAlerts writes;

    RaisesAlerts(KnownCases cases, AlertRules rules, Alerts alerts, WritesAlerts writes) {
        this.cases = cases;
        this.rules = rules;
        this.alerts = alerts;
        this.writes = writes;
    }

    void afterCase(String conditionId) {
        Optional<KnownCase> found = cases.find(conditionId);
        // An alert is taken back by who verifies it, never by a correction: somebody may be on the way already.
        alerts.noteState(conditionId, found.map(KnownCase::classification).orElse(WITHDRAWN));
        if (found.isEmpty() || found.get().isDiscarded() || alerts.isSettled(conditionId)) {
            return;
        }
        KnownCase one = found.get();
        for (AlertRule rule : rules.of(one.disease())) {
            List<String> together = cases.near(one, rule);
            if (together.size() >= rule.cases()) {
                raise(one, rule, together);
                return;
            }
        }
        alerts.lockOpen(one).ifPresent(open -> join(open, List.of(conditionId)));
    }

    private void raise(KnownCase one, AlertRule rule, List<String> together) {
        Optional<Alert> opened = alerts.open(one, rule);
        if (opened.isPresent()) {
            Alert alert = opened.get();
            writes.raised(alert, alerts.addEvidence(alert.id(), together));
            return;
        }
        Alert open = alerts.lockOpen(one)
                .orElseThrow(() ->
                        new IllegalStateException("The alert was closed meanwhile; the case is looked at again."));
        if (rule.isEpidemic() && !open.isEpidemic()) {
            Alert graver = alerts.escalate(open, rule);
            writes.escalated(graver, alerts.addEvidence(graver.id(), together));
        } else {
            join(open, together);
        }
    }

    private void join(Alert open, List<String> together) {
        List<String> added = alerts.addEvidence(open.id(), together);
        if (!added.isEmpty()) {
            writes.joined(open, added);
        }
    }
}
