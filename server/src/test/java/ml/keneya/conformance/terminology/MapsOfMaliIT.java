package ml.keneya.conformance.terminology;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class MapsOfMaliIT {

    @Autowired
    Exchange exchange;

    /** A pair of each map: what its source is in its target. */
    private static final Map<String, List<String>> PAIRS = Map.ofEntries(
            entry("ml-notifiable-disease-to-icd-10", List.of("cholera", "A00")),
            entry("ml-notifiable-disease-to-icd-11", List.of("cholera", "1A00")),
            entry("ml-notifiable-disease-to-dhis2", List.of("cholera", "IDSR_CHOLERA_CAS_SUSPECTS")),
            entry("ml-vaccine-to-cvx", List.of("BCG", "19")),
            entry("ml-cvx-to-vaccine", List.of("19", "BCG")),
            entry("ml-vaccine-to-atc", List.of("BCG", "J07AN01")),
            entry("ml-vaccine-to-icd-11", List.of("BCG", "XM8142")),
            entry("ml-commune-2015-to-region-2023", List.of("ML010101", "01")),
            entry("ml-commune-2015-to-cercle-2023", List.of("ML010101", "0101")),
            entry("ml-region-2023-to-region-2015", List.of("00", "ML09")),
            entry("ml-code-to-sensitivity", List.of("B20", "HIV")));

    static Set<String> maps() {
        return PAIRS.keySet();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void translatesThereAndBack(String map) {
        String translate = "ConceptMap/" + map + "/$translate?code=";
        String one = PAIRS.get(map).get(0);
        String other = PAIRS.get(map).get(1);

        assertThat(exchange.get(translate + one).hasStatus(200).body()).contains("\"code\":\"" + other + "\"");
        assertThat(exchange.get(translate + other + "&reverse=true")
                        .hasStatus(200)
                        .body())
                .contains("\"code\":\"" + one + "\"");
    }

    @Test
    void leavesNoMapOfMaliUntried() {
        assertThat(exchange.get("ConceptMap?_count=200").hasStatus(200).entries().stream()
                        .map(each -> each.getResource().getIdElement().getIdPart())
                        .filter(id -> id.startsWith("ml-")))
                .containsExactlyInAnyOrderElementsOf(PAIRS.keySet());
    }
}
