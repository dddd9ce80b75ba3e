package ml.keneya.conformance.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class MapsOfMaliIT {

    @Autowired
    Exchange exchange;

    /** Every map of Mali's, forwards and backwards, by the first row of its table. */
    @ParameterizedTest
    @CsvSource({
        "ml-notifiable-disease-to-icd-10, cholera, A00",
        "ml-notifiable-disease-to-icd-11, cholera, 1A00",
        "ml-notifiable-disease-to-dhis2, cholera, IDSR_CHOLERA_CAS_SUSPECTS",
        "ml-vaccine-to-cvx, BCG, 19",
        "ml-cvx-to-vaccine, 19, BCG",
        "ml-vaccine-to-atc, BCG, J07AN01",
        "ml-vaccine-to-icd-11, BCG, XM8142",
        "ml-commune-2015-to-region-2023, ML010101, 01",
        "ml-commune-2015-to-cercle-2023, ML010101, 0101",
        "ml-region-2023-to-region-2015, 00, ML09",
        "ml-code-to-sensitivity, B20, HIV"
    })
    void translatesByEveryMapOfMali(String map, String one, String other) {
        String translate = "ConceptMap/" + map + "/$translate?code=";

        assertThat(exchange.get(translate + one).hasStatus(200).body()).contains("\"code\":\"" + other + "\"");
        assertThat(exchange.get(translate + other + "&reverse=true")
                        .hasStatus(200)
                        .body())
                .contains("\"code\":\"" + one + "\"");
    }
}
