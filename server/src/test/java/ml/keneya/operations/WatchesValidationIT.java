package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.validation.RechecksAccepts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The state of the second look at accepts, as whoever watches the exchange sees it. */
@KeneyaIntegrationTest
class WatchesValidationIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RechecksAccepts rechecks;

    @Autowired
    MeterRegistry meters;

    /** Nothing that all these tests sent was accepted wrongly. */
    @Test
    void isUpWithoutADisagreementAndTellsStrangersNoMore() {
        assertThat(exchange.health("validation").hasStatus(200).body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("rechecked");
        assertThat(rechecks.counts().disagreements()).isZero();
    }

    @Test
    void countsWhatWasLookedAtAgain() {
        await().untilAsserted(() -> assertThat(counted("keneya.validation.rechecked"))
                .isEqualTo(rechecks.counts().rechecked()));
        assertThat(counted("keneya.validation.disagreements")).isZero();
        assertThat(counted("keneya.validation.left.out")).isNotNegative();
    }

    private double counted(String name) {
        FunctionCounter counter = meters.get(name).functionCounter();
        return counter.count();
    }
}
