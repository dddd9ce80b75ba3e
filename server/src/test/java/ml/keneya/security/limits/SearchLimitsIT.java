package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class SearchLimitsIT {

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @DisplayName("S1, S2, S3, S5: a search beyond a limit is refused with the limit's code")
    @CsvSource({
        "Observation?subject.organization.partof.name=x, ML-LIMITS-001",
        "Patient?_has:Observation:patient:_has:Provenance:target:agent=x, ML-LIMITS-002",
        "Patient?_include=*, ML-LIMITS-006",
        "Patient?_revinclude=*, ML-LIMITS-006",
        "Patient?_getpagesoffset=1000000000, ML-LIMITS-007",
        "Patient?_count=abc, ML-FHIR-040",
        "Patient?_count=-1, ML-FHIR-040"
    })
    void refusesASearchBeyondALimit(String search, String code) {
        exchange.get(search).isRefused(400, code);
    }

    @Test
    @DisplayName("S1: an enormous page is capped, not refused")
    void s1_capsPages() {
        exchange.get("Patient?_count=2147483647&identifier=nobody").hasStatus(200);
    }

    @Test
    @DisplayName("S3: 501 ids are refused and 500 are not, and the refusal says both numbers")
    void s3_countsIds() {
        exchange.get("Patient?_id=" + ids(500)).hasStatus(200);
        exchange.get("Patient?_id=" + ids(501))
                .isRefused(400, "ML-LIMITS-004")
                .says("501")
                .says("500");
    }

    @Test
    @DisplayName("S3: 61 conditions are refused")
    void s3_countsConditions() {
        exchange.get("Patient?" + "name=a&".repeat(61)).isRefused(400, "ML-LIMITS-003");
    }

    @Test
    @DisplayName("I15: a form with 100 000 ids is refused")
    void i15_refusesEndlessForms() {
        exchange.send(
                        "POST",
                        "Patient/_search",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("_id=" + ids(100_000)))
                .isRefused(400, "ML-LIMITS-004");
    }

    @Test
    @DisplayName("S2, S3: a search in a bundle, and a condition, have the same limits")
    void holdsInBundlesAndConditions() {
        exchange.post(transaction(reading("Patient?_include=*")), unique("facility"))
                .isRefused(400, "ML-LIMITS-006");
        exchange.create(aChild(unique("record")), "If-None-Exist", "Patient?_id=" + ids(501))
                .isRefused(400, "ML-LIMITS-004");
    }

    private static String ids(int number) {
        return IntStream.range(0, number).mapToObj(index -> "n" + index).collect(Collectors.joining(","));
    }
}
