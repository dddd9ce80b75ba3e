package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AskedForTest {

    private static final String SIXTY_ONE = "Paaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String SIXTY_FOUR = "1111111111222222222233333333334444444444555555555566666666667777";

    @ParameterizedTest
    @CsvSource({
        "Patient/awa, Patient, awa",
        "Patient//awa.B-7, Patient, awa.B-7",
        "Patient, Patient,",
        "Pa/1, Pa, 1",
        "P/1, ,",
        "patient/1, ,",
        "Pati3nt/1, ,",
        "Patiént/1, ,",
        SIXTY_ONE + "/1, " + SIXTY_ONE + ", 1",
        SIXTY_ONE + "a/1, ,",
        "Patient/" + SIXTY_FOUR + ", Patient, " + SIXTY_FOUR,
        "Patient/" + SIXTY_FOUR + "1, Patient,",
        "Patient/a_b, Patient,",
        "Patient/$everything, Patient,"
    })
    void readsTypeAndIdAsFhirWritesThem(String path, String type, String id) {
        AskedFor asked = AskedFor.read(new MockHttpServletRequest("GET", "/fhir/" + path), null);

        assertThat(asked.type()).isEqualTo(type);
        assertThat(asked.id()).isEqualTo(id);
    }
}
