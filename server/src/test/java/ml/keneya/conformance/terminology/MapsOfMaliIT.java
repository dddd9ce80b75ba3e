package ml.keneya.conformance.terminology;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
            entry("ml-code-to-sensitivity", List.of("B20", "HIV")),
            entry("ml-epi-doses-to-dhis2", List.of("PENTA/doses_given?dose=1&age_group=0-11m", "PEV_PENTA1_0_11M")),
            entry("ml-epi-cohort-to-dhis2", List.of("PENTA/zero_dose", "PEV_COHORTE_ZERO_DOSE")),
            entry("ml-epi-coverage-by-cohort-to-dhis2", List.of("RR1/vaccinated", "PEV_COUVERTURE_RR1_VACCINES")),
            entry("ml-idsr-completeness-to-dhis2", List.of("ml-idsr-weekly/timely_reports", "SIMR_RAPPORTS_A_TEMPS")),
            entry("ml-idsr-declared-to-dhis2", List.of("cholera/by_notification", "SIMR_CHOLERA_NOTIFIES")),
            entry("ml-maternal-to-dhis2", List.of("delivery/caesareans", "SMNI_ACCOUCHEMENTS_CESARIENNES")),
            entry("ml-nutrition-screening-to-dhis2", List.of("screening/severe", "NUTRITION_SEVERES")),
            entry("ml-social-consultations-to-dhis2", List.of("consultations/covered", "SOCIAL_COUVERTS")),
            entry("ml-social-people-to-dhis2", List.of("people/displaced", "SOCIAL_DEPLACES")),
            entry("ml-tele-expertise-answers-to-dhis2", List.of("tele-expertise/requests", "TELEEXPERTISE_DEMANDES")),
            entry("ml-telehealth-activity-to-dhis2", List.of("telehealth/contacts", "TELESANTE_CONTACTS")),
            // An indicator of the tests.
            entry("ml-example-contacts-to-dhis2", List.of("contacts/contacts", "EXEMPLE_CONTACTS")));

    static Set<String> maps() {
        return PAIRS.keySet();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void translatesThereAndBack(String map) {
        String translate = "ConceptMap/" + map + "/$translate?code=";
        String one = PAIRS.get(map).get(0);
        String other = PAIRS.get(map).get(1);

        assertThat(exchange.get(translate + URLEncoder.encode(one, StandardCharsets.UTF_8))
                        .hasStatus(200)
                        .body())
                .contains("\"code\":\"" + other + "\"");
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
