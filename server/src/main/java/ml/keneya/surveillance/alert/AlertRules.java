package ml.keneya.surveillance.alert;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The thresholds of {@code ml-alert-threshold} that count cases: a number of suspected or confirmed cases in some days,
 * without regard to population or further conditions, and stated by the source that is named there. The others need
 * weekly sums, populations or laboratory results and are not evaluated.
 */
@Component
class AlertRules {

    private static final Logger log = LoggerFactory.getLogger(AlertRules.class);

    private static final String CODE_SYSTEM = Canonicals.BASE + "/CodeSystem/ml-alert-threshold";

    /** Whatever narrows a threshold in a way that is not evaluated. */
    private static final List<String> NARROWING =
            List.of("population-min", "population-max", "minimum-cases", "condition", "age-min-years");

    private final Map<String, List<AlertRule>> rules;

    AlertRules(ConformancePackages packages) {
        List<ConceptDefinitionComponent> thresholds = packages.terminology().resources().stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .filter(system -> CODE_SYSTEM.equals(system.getUrl()))
                .flatMap(system -> system.getConcept().stream())
                .toList();
        this.rules = thresholds.stream()
                .flatMap(AlertRules::read)
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

    private static Stream<AlertRule> read(ConceptDefinitionComponent threshold) {
        String counted = text(threshold, "case-class");
        String level = text(threshold, "alert-level");
        boolean evaluated = "cases".equals(text(threshold, "metric"))
                && ">=".equals(text(threshold, "comparator"))
                && "day".equals(text(threshold, "window-unit"))
                && "true".equals(text(threshold, "certain"))
                && List.of("suspected", "confirmed").contains(String.valueOf(counted))
                && List.of("alert", AlertRule.EPIDEMIC).contains(String.valueOf(level))
                && NARROWING.stream().allMatch(name -> text(threshold, name) == null);
        if (!evaluated || !(value(threshold, "disease") instanceof Coding disease)) {
            return Stream.empty();
        }
        String oldest = text(threshold, "age-max-years");
        return Stream.of(new AlertRule(
                threshold.getCode(),
                disease.getCode(),
                String.valueOf(level),
                "confirmed".equals(counted),
                number(threshold, "threshold"),
                number(threshold, "window-value"),
                oldest == null ? null : Integer.valueOf(oldest)));
    }

    private static int number(ConceptDefinitionComponent threshold, String property) {
        return Integer.parseInt(String.valueOf(text(threshold, property)));
    }

    private static @Nullable String text(ConceptDefinitionComponent threshold, String property) {
        Type value = value(threshold, property);
        return value == null ? null : value.primitiveValue();
    }

    private static @Nullable Type value(ConceptDefinitionComponent threshold, String property) {
        return threshold.getProperty().stream()
                .filter(each -> each.getCode().equals(property))
                .map(each -> each.getValue())
                .findFirst()
                .orElse(null);
    }
}
