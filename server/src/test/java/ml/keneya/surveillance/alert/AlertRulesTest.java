package ml.keneya.surveillance.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.surveillance.detect.Threshold;
import org.junit.jupiter.api.Test;

/** No threshold of a single case is left out without somebody having said so. */
class AlertRulesTest {

    private static final ConformancePackages PACKAGES =
            MaliOnTheClassPath.load().packages();

    @Test
    void looksAtEachCertainThresholdOfASingleCase() {
        AlertRules rules = new AlertRules(PACKAGES);

        List<String> leftOut = Threshold.all(PACKAGES.terminology().resources()).stream()
                .filter(threshold -> threshold.has("certain", "true")
                        && threshold.has("metric", "cases")
                        && threshold.has("threshold", "1")
                        && threshold.has("window-unit", "day")
                        && threshold.has("alert-level", "alert", "epidemic"))
                .filter(threshold -> rules.of(threshold.disease()).stream()
                        .noneMatch(rule -> rule.code().equals(threshold.code())))
                .map(Threshold::code)
                .toList();

        assertThat(leftOut)
                .as("docs/alerts.md names them and says why")
                .containsExactlyInAnyOrder("cholera-rdt", "yf-igm", "shigella-conf");
    }
}
