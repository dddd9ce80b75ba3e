package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Ids that clients give: any that FHIR allows, as long as an address can carry it (decision 11). */
@KeneyaIntegrationTest
class ClientIdsIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    static Stream<String> legalIds() {
        String digits = String.valueOf(ThreadLocalRandom.current().nextLong(1_000_000, Long.MAX_VALUE));
        String hexadecimal = UUID.randomUUID().toString();
        return Stream.of(
                digits,
                "0" + digits,
                hexadecimal.toUpperCase(Locale.ROOT),
                "A.b-" + hexadecimal,
                "-" + hexadecimal,
                "." + hexadecimal,
                (hexadecimal + hexadecimal).replace("-", ""));
    }

    @ParameterizedTest
    @MethodSource("legalIds")
    void keepsARecordUnderTheIdItsSenderChose(String id) {
        Patient child = aChild(unique("record"));
        child.setId(id);

        exchange.put("Patient/" + id, child).hasStatus(201);

        assertThat(exchange.get("Patient/" + id)
                        .hasStatus(200)
                        .as(Patient.class)
                        .getIdPart())
                .isEqualTo(id);
        String weight = exchange.create(weightOf("Patient/" + id, "7.4"))
                .hasStatus(201)
                .header("Location")
                .orElseThrow();
        assertThat(exchange.get("Observation?subject=Patient/" + id).entries())
                .singleElement()
                .satisfies(entry -> assertThat(weight)
                        .contains(entry.getResource().getIdElement().getIdPart()));
    }

    @ParameterizedTest
    @MethodSource("legalIds")
    void keepsARecordOfABundleUnderTheIdItsSenderChose(String id) {
        Patient child = aChild(unique("record"));
        child.setId(id);

        exchange.post(transaction(putting(child), creating(weightOf("Patient/" + id, "7.4"))), facility)
                .hasStatus(200);

        assertThat(exchange.get("Observation?subject=Patient/" + id).entries()).hasSize(1);
    }

    @Test
    void tellsIdsApartThatDifferInCase() {
        String id = unique("child");
        Patient lower = aChild(unique("record"));
        lower.setId(id);
        exchange.put("Patient/" + id, lower).hasStatus(201);
        Patient upper = aChild(unique("record"));
        upper.setId(id.toUpperCase(Locale.ROOT));

        exchange.put("Patient/" + upper.getIdPart(), upper).hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "metadata"})
    void refusesAnIdThatNoAddressCanCarry(String id) {
        Patient child = aChild(unique("record"));
        child.setId(id);

        exchange.post(transaction(putting(child)), facility)
                .isRefused(400, "ML-FHIR-036")
                .says("« " + id + " »");
    }

    @Test
    void refusesAnAddressThatMeansSomethingElse() {
        Patient child = aChild(unique("record"));
        child.setId("metadata");

        exchange.put("Patient/metadata", child).isRefused(400, "ML-FHIR-036");
    }

    @Test
    void refusesAnIdThatFhirForbids() {
        Patient child = aChild(unique("record"));
        child.setId("a_b");
        exchange.put("Patient/a_b", child).isRefused(422, "ML-VALIDATION-001").namesElement("Patient.id");

        child.setId("x".repeat(65));
        exchange.put("Patient/" + "x".repeat(65), child)
                .isRefused(422, "ML-VALIDATION-001")
                .namesElement("Patient.id");
    }
}
