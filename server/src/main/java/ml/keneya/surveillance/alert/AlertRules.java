package ml.keneya.surveillance.alert;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.surveillance.detect.AlertRule;
import ml.keneya.surveillance.detect.Threshold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The thresholds of {@code ml-alert-threshold} that count cases: a number of suspected or confirmed cases in some days,
 * without regard to population or further conditions, and stated by the source that is named there. Those of weeks are
 * looked at by {@link WatchesWeeks}; the others need laboratory results or deaths and are not evaluated.
 */
@Component
class AlertRules {

    private static final Logger log = LoggerFactory.getLogger(AlertRules.class);

    private final Map<String, List<AlertRule>> rules;

    AlertRules(ConformancePackages packages) {
        List<Threshold> thresholds = Threshold.all(packages.terminology().resources());
        this.rules = AlertRule.of(thresholds).stream()
                // The most serious first: an event gets the level of the first rule that it fulfils.
                .sorted(Comparator.comparing(AlertRule::isEpidemic).reversed())
                .collect(Collectors.groupingBy(AlertRule::disease));
        log.info(
                "Alerts: {} of {} thresholds are evaluated when a case is committed",
                rules.values().stream().mapToInt(List::size).sum(),
                thresholds.size());
    }

    /** Those of a disease, the most serious first; none where no threshold counts its cases. */
    List<AlertRule> of(String disease) {
        return rules.getOrDefault(disease, List.of());
    }

    Set<String> diseases() {
        return rules.keySet();
    }
}
