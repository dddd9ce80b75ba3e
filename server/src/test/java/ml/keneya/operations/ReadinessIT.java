package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.ReadinessWhileInstalling;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ReadinessIT {

    @Autowired
    Exchange exchange;

    @Autowired
    ReadinessWhileInstalling whileInstalling;

    @Test
    void isNotReadyWhileProfilesAndTerminologyAreBeingInstalled() {
        assertThat(whileInstalling.status()).isEqualTo(503);
    }

    @Test
    void isReadyOnceTheyAre() {
        exchange.readiness().hasStatus(200);
        exchange.get("StructureDefinition/ml-patient").hasStatus(200);
    }
}
