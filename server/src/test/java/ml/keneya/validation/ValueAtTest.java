package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueAtTest {

    @Test
    void showsWhatStandsThere() {
        Observation observation = new Observation();
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode("29463-7");

        assertThat(ValueAt.path(observation, "Observation.code.coding[0]")).isEqualTo("http://loinc.org#29463-7");
    }

    /** The validator read the text, which may hold what HAPI's model does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation.status",
                "Observation.value.ofType(Quantity).unit",
                "Observation.code.coding[3]",
                "Observation.unknown"
            })
    void showsNothingOfWhatTheModelDoesNotHold(String path) {
        assertThat(ValueAt.path(new Observation(), path)).isEmpty();
    }
}
