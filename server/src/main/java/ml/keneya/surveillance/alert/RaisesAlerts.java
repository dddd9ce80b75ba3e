package ml.keneya.surveillance.alert;

import java.util.List;
import java.util.Optional;
import ml.keneya.surveillance.detect.AlertRule;
import org.springframework.stereotype.Component;

/** Decides what a case that was written, corrected or withdrawn means for alerts. */
@Component
class RaisesAlerts {

    private static final String WITHDRAWN = "withdrawn";

    private final KnownCases cases;
    private final AlertRules rules;
    private final Alerts alerts;
    private final OpensAlerts opens;

    RaisesAlerts(KnownCases cases, AlertRules rules, Alerts alerts, OpensAlerts opens) {
        this.cases = cases;
        this.rules = rules;
        this.alerts = alerts;
        this.opens = opens;
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
                opens.open(
                        one.event(),
                        new Reached(rule.code(), rule.level(), one.day(), together, cases.weeks(together), null));
                return;
            }
        }
        opens.join(one.event(), conditionId, cases.weeks(List.of(conditionId)));
    }
}
